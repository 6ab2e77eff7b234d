import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { previousQuery, useForgetPrevious } from "@/api/restores";
import type { PreviousDatabase } from "@/api/types";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { UndoRestore } from "@/components/restore/undo";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";

interface AskProps {
  database: string;
  onClose: () => void;
}

function Forget({ database, onClose }: AskProps) {
  const { t } = useTranslation();
  const forget = useForgetPrevious(useEnvironment().name);
  return (
    <ConfirmDestructive
      open
      onClose={onClose}
      title={t("kept.forget_title")}
      about={t("kept.forget_about", { name: useEnvironment().database })}
      word={database}
      action={t("kept.forget")}
      busy={forget.isPending}
      error={forget.error}
      onConfirm={(confirmation) =>
        forget.mutate({ database, confirmation }, { onSuccess: onClose })
      }
    />
  );
}

type Asked = { what: "undo" | "forget"; database: string } | null;

interface RowProps {
  kept: PreviousDatabase;
  onAsk: (asked: Asked) => void;
}

function Row({ kept: { database, created_at, size_bytes, backup_id }, onAsk }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <span className="min-w-0">
        <span className="font-mono text-sm font-semibold wrap-anywhere">{database}</span>
        <span className="block text-sm text-ink-3">
          <Ago at={created_at} />
          {size_bytes !== null && ` · ${format.bytes(size_bytes)}`}
          {backup_id && ` · ${t("kept.before", { id: backup_id })}`}
        </span>
      </span>
      <span className="flex gap-2">
        <Button small onClick={() => onAsk({ what: "undo", database })}>
          {t("kept.undo")}…
        </Button>
        <Button small look="danger" onClick={() => onAsk({ what: "forget", database })}>
          {t("kept.forget")}…
        </Button>
      </span>
    </li>
  );
}

/** The databases that restores have kept: the way back, until somebody clears them away. */
export function KeptDatabases() {
  const { t } = useTranslation();
  const kept = useQuery(previousQuery(useEnvironment().name)).data?.items ?? [];
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  if (kept.length === 0) return null;
  return (
    <Card title={t("kept.title")}>
      <p className="mb-3 text-ink-2">{t("kept.about")}</p>
      <ul className="flex flex-col gap-3">
        {kept.map((one) => (
          <Row key={one.database} kept={one} onAsk={setAsked} />
        ))}
      </ul>
      {asked?.what === "undo" && <UndoRestore database={asked.database} onClose={close} />}
      {asked?.what === "forget" && <Forget database={asked.database} onClose={close} />}
    </Card>
  );
}
