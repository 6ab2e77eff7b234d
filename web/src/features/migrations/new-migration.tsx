import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { TextField } from "@/components/field";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useCreateMigration } from "./api";
import { slug } from "./slug";

/** Asks for a name and makes the file; its SQL is written in the editor. */
export function NewMigration({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const [name, setName] = useState("");
  const create = useCreateMigration(environment);
  const file = slug(name);
  const close = () => {
    setName("");
    create.reset();
    onClose();
  };
  const submit = () => {
    if (file === "" || create.isPending) return;
    create.mutate(file, {
      onSuccess: ({ version }) => {
        close();
        void navigate({
          to: "/$environment/migrations/$version",
          params: { environment, version },
        });
      },
    });
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t("migrations.new")}
      about={t("migrations.new_about")}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" disabled={file === "" || create.isPending}>
          {t("migrations.create")}
        </Button>
      }
    >
      <TextField
        label={t("migrations.name")}
        value={name}
        onValueChange={setName}
        placeholder={t("migrations.name_example")}
        maxLength={200}
        about={
          <span className="font-mono wrap-anywhere">
            {t("migrations.file", { slug: file || "…" })}
          </span>
        }
      />
      {create.error && <ErrorState error={create.error} />}
    </Dialog>
  );
}
