import { useNavigate } from "@tanstack/react-router";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { TextField } from "@/components/field";
import { Failure } from "@/components/operation/failure";
import { BaselineReport } from "@/components/reports/baseline";
import { baselineOf } from "@/components/reports/results";
import { useEnvironment } from "@/lib/environment";
import { useBaseline } from "./api";
import { Look } from "./look";

interface BaselineProps {
  operation: string | undefined;
  onLook: (id: string) => void;
}

/** The schema that is there as the first migration: tried first, and kept only when it is equal. */
export function Baseline({ operation, onLook }: BaselineProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const baseline = useBaseline(environment);
  const [name, setName] = useState("baseline");
  const named = name.trim() || "baseline";
  const look = () =>
    baseline.mutate({ name: named, dry_run: true }, { onSuccess: ({ id }) => onLook(id) });
  const take = () =>
    baseline.mutate(
      { name: named, dry_run: false },
      {
        onSuccess: ({ id }) =>
          void navigate({
            to: "/$environment/operations/$operation",
            params: { environment, operation: id },
          }),
      },
    );
  return (
    <div className="flex flex-col gap-5 p-4">
      <p className="max-w-prose text-ink-2">{t("baseline.about")}</p>
      <form
        className="flex flex-wrap items-start gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        <div className="w-72 max-sm:w-full">
          <TextField
            label={t("migrations.name")}
            value={name}
            onValueChange={setName}
            maxLength={200}
          />
        </div>
        <Button
          type="submit"
          look={operation ? "plain" : "primary"}
          disabled={baseline.isPending}
          className="sm:mt-7"
          icon={<FlaskConical size={16} aria-hidden />}
        >
          {t(operation ? "begin.look_again" : "baseline.try")}
        </Button>
      </form>
      {baseline.error && <Failure error={baseline.error} />}
      {operation && (
        <Look key={operation} id={operation}>
          {(ended) => {
            const report = baselineOf(ended);
            if (!report) return null;
            const proven = report.changes.length === 0 && report.replay.error === null;
            return (
              <>
                <BaselineReport report={report} />
                {proven && (
                  <Button
                    look="class"
                    className="self-start"
                    disabled={baseline.isPending}
                    onClick={take}
                  >
                    {t("baseline.take", { name: environment })}
                  </Button>
                )}
              </>
            );
          }}
        </Look>
      )}
    </div>
  );
}
