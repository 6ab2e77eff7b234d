import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, request } from "@/api/client";
import type { Problem } from "@/api/problem";
import { refreshEnvironment } from "@/api/queries";
import { EnvironmentContext } from "@/lib/environment";
import { Button } from "./button";
import { ConfirmDestructive } from "./confirm-destructive";

interface Known {
  host: string;
  port: number;
  database: string;
  system_identifier: string | null;
}

const FACTS = ["host", "port", "database", "system_identifier"] as const;

function isKnown(value: unknown): value is Known {
  return typeof value === "object" && value !== null && "database" in value && "host" in value;
}

/** What the environment was and what it leads to now, with what is not the same marked. */
function Comparison({ before, after }: { before: Known; after: Known }) {
  const { t } = useTranslation();
  return (
    <table className="w-full table-fixed text-left text-sm">
      <thead className="text-ink-3">
        <tr>
          <th className="w-28 py-1 pr-3 font-medium">
            <span className="sr-only">{t("trust.what")}</span>
          </th>
          <th className="py-1 pr-3 font-medium">{t("trust.before")}</th>
          <th className="py-1 font-medium">{t("trust.after")}</th>
        </tr>
      </thead>
      <tbody>
        {FACTS.map((fact) => {
          const differs = before[fact] !== after[fact];
          return (
            <tr key={fact} className="border-t border-line align-top">
              <th className="py-1.5 pr-3 font-medium text-ink-2">{t(`trust.${fact}`)}</th>
              <td className="py-1.5 pr-3 font-mono wrap-anywhere">{before[fact] ?? "–"}</td>
              <td
                className={`py-1.5 font-mono wrap-anywhere ${differs ? "font-semibold text-del" : ""}`}
              >
                {after[fact] ?? "–"}
                {differs && <span className="sr-only"> ({t("trust.differs")})</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The way on when an environment is meant to lead to another database: looked at, then accepted. */
export function TrustDatabase({ details }: { details: Problem["details"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const environment = useContext(EnvironmentContext);
  const [open, setOpen] = useState(false);
  const name = environment?.name ?? "";
  const trust = useMutation({
    mutationFn: (confirmation: string | null) =>
      request(
        api.POST("/api/environments/{name}/trust", {
          params: { path: { name } },
          body: { confirmation },
        }),
      ),
    onSuccess: () => {
      setOpen(false);
      return refreshEnvironment(client, name);
    },
  });
  const { expected, found } = details;
  if (!environment || !isKnown(expected) || !isKnown(found)) return null;
  const word = environment.policy.confirmation ? environment.confirmation_word : null;
  if (trust.isSuccess) {
    return (
      <p role="status" className="mt-2 font-medium text-ok">
        {t("trust.done")}
      </p>
    );
  }
  return (
    <>
      <div className="mt-2 w-full max-w-2xl rounded-md bg-surface px-3 py-1">
        <Comparison before={expected} after={found} />
      </div>
      <Button small className="mt-2" onClick={() => setOpen(true)}>
        {t("trust.action")}
      </Button>
      <ConfirmDestructive
        open={open}
        onClose={() => setOpen(false)}
        title={t("trust.title", { name })}
        about={t("trust.about")}
        word={word}
        action={t("trust.accept")}
        busy={trust.isPending}
        error={trust.error}
        onConfirm={(typed) => trust.mutate(word === null ? null : typed)}
      >
        <Comparison before={expected} after={found} />
      </ConfirmDestructive>
    </>
  );
}
