import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { INPUT, TextField } from "@/components/field";
import { Notice } from "@/components/notice";
import { Failure } from "@/components/operation/failure";
import { AdoptionReport } from "@/components/reports/adoption";
import { adoptionOf } from "@/components/reports/results";
import { useEnvironment } from "@/lib/environment";
import { TOOLS, useAdopt } from "./api";
import { Look } from "./look";

interface AdoptProps {
  operation: string | undefined;
  onLook: (id: string) => void;
}

/** Another tool's project: looked at first, and taken over only when nothing differs. */
export function Adopt({ operation, onLook }: AdoptProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const adopt = useAdopt(environment);
  const [tool, setTool] = useState("");
  const [folder, setFolder] = useState("");
  const wanted = { tool: tool || null, folder: folder.trim() || null };
  const look = () =>
    adopt.mutate({ ...wanted, dry_run: true }, { onSuccess: ({ id }) => onLook(id) });
  const take = (found: string) =>
    adopt.mutate(
      { ...wanted, tool: found, dry_run: false },
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
      <p className="max-w-prose text-ink-2">{t("adoption.about")}</p>
      <form
        className="flex flex-wrap items-start gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        <label className="flex w-56 flex-col gap-1.5 max-sm:w-full">
          <span className="font-medium">{t("adoption.tool")}</span>
          <select value={tool} onChange={(event) => setTool(event.target.value)} className={INPUT}>
            <option value="">{t("adoption.find_out")}</option>
            {TOOLS.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <div className="w-72 max-sm:w-full">
          <TextField
            mono
            label={t("adoption.folder")}
            value={folder}
            onValueChange={setFolder}
            placeholder="."
            about={t("adoption.folder_about")}
          />
        </div>
        <Button
          type="submit"
          look={operation ? "plain" : "primary"}
          disabled={adopt.isPending}
          className="sm:mt-7"
          icon={<Search size={16} aria-hidden />}
        >
          {t(operation ? "begin.look_again" : "begin.look")}
        </Button>
      </form>
      {adopt.error && <Failure error={adopt.error} />}
      {operation && (
        <Look key={operation} id={operation}>
          {(ended) => {
            const report = adoptionOf(ended);
            if (!report) return null;
            return (
              <>
                <AdoptionReport report={report} done={false} />
                {report.proven ? (
                  <Button
                    look="class"
                    className="self-start"
                    disabled={adopt.isPending}
                    onClick={() => take(report.tool)}
                  >
                    {t("adoption.take", { name: environment })}
                  </Button>
                ) : (
                  <Notice title={t("adoption.refused")}>{t("adoption.refused_hint")}</Notice>
                )}
              </>
            );
          }}
        </Look>
      )}
    </div>
  );
}
