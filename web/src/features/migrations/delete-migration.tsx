import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Migration } from "@/api/types";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { useEnvironment } from "@/lib/environment";
import { useDeleteMigration } from "./api";

export function useDeleting() {
  const [open, setOpen] = useState(false);
  return { open, ask: () => setOpen(true), close: () => setOpen(false) };
}

interface DeleteMigrationProps {
  migration: Migration;
  open: boolean;
  close: () => void;
  onDeleted: () => void;
}

export function DeleteMigration({ migration, open, close, onDeleted }: DeleteMigrationProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const remove = useDeleteMigration(environment, migration.version);
  const confirmed = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        onDeleted();
        void navigate({ to: "/$environment/migrations", params: { environment } });
      },
    });
  return (
    <ConfirmDestructive
      open={open}
      onClose={close}
      title={t("editor.delete_title", { name: migration.name })}
      about={t("editor.delete_about", { file: migration.file ?? "" })}
      word={null}
      action={t("editor.delete_file")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={confirmed}
    />
  );
}
