import clsx from "clsx";
import {
  BadgeCheck,
  Ban,
  Check,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleX,
  Clock,
  Diamond,
  FileQuestion,
  Flag,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
  PauseCircle,
  PencilLine,
  ShieldCheck,
  Shuffle,
  TriangleAlert,
  Undo2,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Backup, Level, MigrationState, Operation } from "@/api/types";

type Tone = "good" | "bad" | "warn" | "calm" | "busy";

interface Look {
  icon: LucideIcon;
  tone: Tone;
}

const TONES: Record<Tone, string> = {
  good: "text-ok",
  bad: "text-del",
  warn: "text-warn",
  calm: "text-ink-2",
  busy: "text-accent",
};

/** A state as icon, word and colour, so that none of the three has to be seen. */
function Badge({ look, word }: { look: Look; word: string }) {
  const Icon = look.icon;
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 font-medium whitespace-nowrap",
        TONES[look.tone],
      )}
    >
      <Icon
        size={15}
        aria-hidden
        className={clsx("shrink-0", look.icon === LoaderCircle && "animate-spin")}
      />
      {word}
    </span>
  );
}

const MIGRATIONS: Record<MigrationState, Look> = {
  pending: { icon: CircleDashed, tone: "busy" },
  applied: { icon: Check, tone: "good" },
  partial: { icon: PauseCircle, tone: "bad" },
  edited: { icon: PencilLine, tone: "warn" },
  missing: { icon: FileQuestion, tone: "bad" },
  out_of_order: { icon: Shuffle, tone: "warn" },
  baseline: { icon: Flag, tone: "calm" },
  undone: { icon: Undo2, tone: "calm" },
};

export function MigrationBadge({ state }: { state: MigrationState }) {
  const { t } = useTranslation();
  return <Badge look={MIGRATIONS[state]} word={t(`migration.state.${state}`)} />;
}

const BACKUPS: Record<Backup["state"], Look> = {
  creating: { icon: LoaderCircle, tone: "busy" },
  ready: { icon: CircleCheck, tone: "calm" },
  verified: { icon: ShieldCheck, tone: "good" },
  proven: { icon: BadgeCheck, tone: "good" },
  failed: { icon: CircleX, tone: "bad" },
  unknown: { icon: FileQuestion, tone: "warn" },
  missing: { icon: FileQuestion, tone: "bad" },
  expired: { icon: Clock, tone: "calm" },
  deleting: { icon: LoaderCircle, tone: "busy" },
  deleted: { icon: Ban, tone: "calm" },
};

const WHOLE = new Set<Backup["state"]>(["ready", "verified", "proven"]);

/** The state of a backup; what Neon keeps has no file that could be missing. */
export function BackupBadge({ backup }: { backup: Pick<Backup, "state" | "available" | "kind"> }) {
  const { t } = useTranslation();
  const missing = backup.state === "missing" || (!backup.available && WHOLE.has(backup.state));
  if (missing) {
    const word = t(backup.kind === "dump" ? "backup.state.missing" : "backup.state.gone");
    return <Badge look={BACKUPS.missing} word={word} />;
  }
  return <Badge look={BACKUPS[backup.state]} word={t(`backup.state.${backup.state}`)} />;
}

const OPERATIONS: Record<Operation["state"], Look> = {
  queued: { icon: Clock, tone: "calm" },
  running: { icon: LoaderCircle, tone: "busy" },
  cancelling: { icon: LoaderCircle, tone: "warn" },
  succeeded: { icon: CircleCheck, tone: "good" },
  failed: { icon: CircleX, tone: "bad" },
  cancelled: { icon: Ban, tone: "calm" },
  interrupted: { icon: CircleAlert, tone: "bad" },
};

export function OperationBadge({ state }: { state: Operation["state"] }) {
  const { t } = useTranslation();
  return <Badge look={OPERATIONS[state]} word={t(`operation.state.${state}`)} />;
}

const LEVELS: Record<Level, { icon: LucideIcon; chip: string }> = {
  low: { icon: CircleCheck, chip: "border-line-strong bg-low text-on-low" },
  medium: { icon: Diamond, chip: "border-medium bg-medium text-on-medium" },
  high: { icon: TriangleAlert, chip: "border-high bg-high text-on-high" },
  critical: { icon: OctagonAlert, chip: "border-critical bg-critical text-on-critical" },
};

/** How grave a risk is. The four differ in shape, word, lightness and fill. */
export function LevelChip({ level, count }: { level: Level; count?: number }) {
  const { t } = useTranslation();
  const { icon: Icon, chip } = LEVELS[level];
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1 rounded-sm border px-1.5 py-px text-xs font-semibold whitespace-nowrap",
        chip,
      )}
    >
      <Icon size={13} aria-hidden className="shrink-0" />
      {count !== undefined && count > 1 ? `${count} × ` : ""}
      {t(`level.${level}`)}
    </span>
  );
}
