import { useNavigate } from "@tanstack/react-router";
import { FilePlus2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { TextField } from "@/components/field";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useWriteMigration } from "./api";

/** Writes the SQL as a pending migration, and opens it: what becomes of it is decided there. */
export function WriteMigration({ sql }: { sql: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const [name, setName] = useState("");
  const write = useWriteMigration(environment);
  const wanted = name.trim();
  const submit = () =>
    write.mutate(
      { name: wanted, up: sql },
      {
        onSuccess: ({ version }) =>
          void navigate({
            to: "/$environment/migrations/$version",
            params: { environment, version },
          }),
      },
    );
  return (
    <Card title={t("compare.write.title")}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== "") submit();
        }}
      >
        <p className="max-w-prose text-ink-2">{t("compare.write.about", { name: environment })}</p>
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="w-72 max-sm:w-full">
            <TextField
              label={t("migrations.name")}
              value={name}
              onValueChange={setName}
              placeholder={t("compare.write.example")}
              maxLength={200}
            />
          </div>
          <Button
            type="submit"
            className="sm:mt-7"
            disabled={wanted === "" || write.isPending}
            icon={<FilePlus2 size={16} aria-hidden />}
          >
            {t("compare.write.action")}
          </Button>
        </div>
        {write.error && <ErrorState error={write.error} />}
      </form>
    </Card>
  );
}
