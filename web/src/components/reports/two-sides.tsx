import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "@/api/types";
import { Ddl } from "@/components/changes/ddl";
import { ChangeTree } from "@/components/changes/tree";
import { TabPanel, Tabs } from "@/components/tabs";

interface TwoSidesProps {
  changes: readonly Change[];
  ddl: { before: string; after: string };
  names: [before: string, after: string];
}

const VIEWS = ["changes", "ddl"] as const;

/** What differs between two schemas: as a tree, and as SQL on both sides. */
export function TwoSides({ changes, ddl, names }: TwoSidesProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<(typeof VIEWS)[number]>("changes");
  const [left, right] = names;
  return (
    <Tabs
      label={t("two_sides.views")}
      value={view}
      onChange={setView}
      tabs={[
        {
          name: "changes",
          word: (
            <>
              {t("two_sides.changes")}
              <span className="figures ml-1.5 font-normal text-ink-3">{changes.length}</span>
            </>
          ),
        },
        { name: "ddl", word: t("preview.tab.ddl") },
      ]}
    >
      <TabPanel name="changes">
        <p className="px-4 pt-3 text-sm text-ink-2 wrap-anywhere">
          {t("two_sides.about", { left, right })}
        </p>
        <ChangeTree changes={changes} />
      </TabPanel>
      <TabPanel name="ddl">
        <Ddl ddl={ddl} about={t("two_sides.ddl")} names={names} />
      </TabPanel>
    </Tabs>
  );
}
