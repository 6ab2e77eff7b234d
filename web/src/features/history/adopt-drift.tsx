import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { FilePlus2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, request } from "@/api/client";
import { announce } from "@/api/queries";
import type { DriftAdoptionResult } from "@/api/types";
import { Button, buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { TextField } from "@/components/field";
import { Unproven } from "@/components/reports/unproven";
import { Verdict } from "@/components/reports/verdict";
import { SqlBlock } from "@/components/sql-block";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";

/** Offers to write what drifted as a migration; nothing of it is run in the database. */
export function AdoptDrift() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const [name, setName] = useState("");
  const adopt = useMutation({
    mutationFn: (wanted: string) =>
      request(
        api.POST("/api/drift/adopt", {
          params: { query: { environment } },
          body: { name: wanted },
        }),
      ),
    onSuccess: async (operation) => {
      await announce(client, operation);
      await navigate({
        to: "/$environment/operations/$operation",
        params: { environment, operation: operation.id },
      });
    },
  });
  const wanted = name.trim();
  return (
    <Card title={t("drift.adopt.title")}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== "") adopt.mutate(wanted);
        }}
      >
        <p className="max-w-prose text-ink-2">{t("drift.adopt.about")}</p>
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="w-72 max-sm:w-full">
            <TextField
              label={t("migrations.name")}
              value={name}
              onValueChange={setName}
              placeholder={t("drift.adopt.example")}
              maxLength={200}
            />
          </div>
          <Button
            type="submit"
            className="sm:mt-7"
            disabled={wanted === "" || adopt.isPending}
            icon={<FilePlus2 size={16} aria-hidden />}
          >
            {t("drift.adopt.action")}
          </Button>
        </div>
        {adopt.error && <ErrorState error={adopt.error} />}
      </form>
    </Card>
  );
}

/** The migration that was written, and the plan that tells the ledger of it. */
export function AdoptedDrift({ report }: { report: DriftAdoptionResult }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const { file, plan_id: plan, equal, sql } = report;
  if (equal) return <Verdict good title={t("drift.adopt.nothing")} />;
  if (file === null || plan === null) {
    return (
      <>
        <Verdict good={false} title={t("drift.adopt.unproven")}>
          {t("nothing_written")}
        </Verdict>
        <Unproven cannot={report.cannot} left={report.left} />
      </>
    );
  }
  return (
    <>
      <Verdict good title={t("drift.adopt.written", { file })}>
        <p>{t("drift.adopt.then")}</p>
        <Link
          to="/$environment/preview/$plan"
          params={{ environment, plan }}
          className={`${buttonClass("primary")} mt-3`}
        >
          {t("drift.adopt.to_plan")}
        </Link>
      </Verdict>
      <Card title="SQL">
        <SqlBlock text={sql} copy />
      </Card>
    </>
  );
}
