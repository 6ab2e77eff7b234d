import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "@/components/card";
import { TabPanel, Tabs } from "@/components/tabs";
import { useEnvironment } from "@/lib/environment";
import { Adopt } from "./adopt";
import { Baseline } from "./baseline";
import { BEGIN_TABS } from "./tab-names";

/** A database that has a schema already: taken over from its tool, or begun on with a baseline. */
export function BeginPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment();
  const { by = "tool", operation } = useSearch({ from: "/$environment/begin" });
  const go = (next: typeof by, id?: string) =>
    void navigate({
      to: "/$environment/begin",
      params: { environment: environment.name },
      search: { by: next, ...(id && { operation: id }) },
      replace: true,
    });
  return (
    <Page>
      <PageHeader
        title={t("begin.title", { name: environment.database })}
        about={t("begin.about")}
      />
      <Tabs
        label={t("begin.ways")}
        value={by}
        onChange={(next) => go(next)}
        tabs={BEGIN_TABS.map((name) => ({ name, word: t(`begin.by.${name}`) }))}
      >
        <TabPanel name="tool">
          <Adopt operation={operation} onLook={(id) => go("tool", id)} />
        </TabPanel>
        <TabPanel name="baseline">
          <Baseline operation={operation} onLook={(id) => go("baseline", id)} />
        </TabPanel>
      </Tabs>
    </Page>
  );
}
