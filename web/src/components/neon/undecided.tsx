import { Check, GitBranch, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NeonRestore } from "@/api/types";
import { Button } from "@/components/button";
import { Fact } from "@/components/card";
import { CopyButton } from "@/components/copy-button";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { Abandon, Finalize } from "./decide";

type Look = NonNullable<NeonRestore["look"]>;

function Agrees({ equal }: { equal: boolean }) {
  const { t } = useTranslation();
  const Icon = equal ? Check : TriangleAlert;
  return (
    <span className={`inline-flex items-center gap-1.5 ${equal ? "text-ok" : "text-warn"}`}>
      <Icon size={15} aria-hidden className="shrink-0" />
      {t(equal ? "neon.look.equal" : "neon.look.differs")}
    </span>
  );
}

/** What Vado found on the branch, and how to look for yourself. */
function Found({ look }: { look: Look }) {
  const { t } = useTranslation();
  return (
    <>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Fact name={t("neon.look.schema")}>
          <Agrees equal={look.schema_equal} />
        </Fact>
        <Fact name={t("neon.look.ledger")}>
          <span className="flex flex-wrap items-center gap-x-3">
            <span className="font-mono text-sm">
              {look.ledger_version ?? t("dashboard.no_version")}
            </span>
            <Agrees equal={look.ledger_equal} />
          </span>
        </Fact>
      </dl>
      <div>
        <p className="text-ink-2">{t("neon.look.yourself")}</p>
        <p className="mt-1 flex items-center gap-2">
          <code className="min-w-0 rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-sm wrap-anywhere">
            {look.host}
          </code>
          <CopyButton text={look.host} label={t("neon.look.copy")} />
        </p>
      </div>
    </>
  );
}

const WAYS = ["finalize", "abandon"] as const;
type Way = (typeof WAYS)[number];

interface WaysProps {
  restore: NeonRestore;
  onAsk: (way: Way) => void;
}

/** The two ways on, each with what it does to the database that is in use. */
function Ways({ restore, onAsk }: WaysProps) {
  const { t } = useTranslation();
  const name = useEnvironment().database;
  const possible = { finalize: restore.can_finalize, abandon: restore.can_abandon };
  return (
    <ul className="grid gap-4 border-t border-line bg-canvas p-4 md:grid-cols-2">
      {WAYS.filter((way) => possible[way]).map((way) => (
        <li key={way} className="flex flex-col items-start gap-2">
          <Button look={way === "finalize" ? "class" : "plain"} onClick={() => onAsk(way)}>
            {t(`neon.${way}.open`, { name })}…
          </Button>
          <p className="text-sm text-ink-2">{t(`neon.${way}.short`, { name })}</p>
        </li>
      ))}
    </ul>
  );
}

/** What is said of it: how far it is, or that nobody goes on with it. */
function stateOf({ step, working }: NeonRestore) {
  return step === "look" || working ? step : "cut";
}

/** A restore that is beside the database and waits for somebody to look and decide. */
export function Undecided({ restore }: { restore: NeonRestore }) {
  const { t } = useTranslation();
  const id = useId();
  const name = useEnvironment().database;
  const format = useFormat();
  const [asked, setAsked] = useState<Way | null>(null);
  const close = () => setAsked(null);
  const state = stateOf(restore);
  return (
    <section
      aria-labelledby={id}
      className="min-w-0 shrink-0 overflow-hidden rounded-lg border border-warn bg-surface"
    >
      <header className="flex gap-3 border-b border-warn bg-warn-soft p-4">
        <GitBranch size={22} aria-hidden className="mt-0.5 shrink-0 text-warn" />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <h2 id={id} className="text-lg font-semibold wrap-anywhere">
            {t(`neon.undecided.${state}`, { name })}
          </h2>
          <p className="text-ink-2">{t(`neon.undecided.${state}_about`, { name })}</p>
          <p className="text-sm text-ink-2">
            <span className="font-mono text-xs wrap-anywhere">{restore.backup_id}</span>
            {" → "}
            <span className="font-mono text-xs wrap-anywhere">{restore.branch}</span>
            {" · "}
            <Ago at={restore.at} />
          </p>
          {restore.expires_at && (
            <p className="text-sm text-ink-2">
              {t("neon.undecided.expires", { at: format.absolute(restore.expires_at) })}
            </p>
          )}
        </div>
      </header>
      {restore.look && (
        <div className="flex flex-col gap-4 p-4">
          <Found look={restore.look} />
        </div>
      )}
      {!restore.working && <Ways restore={restore} onAsk={setAsked} />}
      {asked === "finalize" && <Finalize restore={restore} onClose={close} />}
      {asked === "abandon" && <Abandon restore={restore} onClose={close} />}
    </section>
  );
}
