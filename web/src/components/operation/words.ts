import type { LogLine } from "@/api/events";
import type { Operation } from "@/api/types";
import { textFor } from "@/lib/i18n";

/** The stages people are told about, by kind of operation, and the steps each is made of. */
const COPY = ["backup", "safety_backup", "dump", "hash", "upload", "record", "decode"];

/** Running files on an empty database, and what that is made of. */
const REPLAY = ["replay", "copy_structure", "rehearse", "compare"];

const STAGES: Record<string, Record<string, readonly string[]>> = {
  dry_run: {
    read_catalogue: ["read_catalogue"],
    copy_structure: ["copy_structure"],
    rehearse: ["rehearse"],
    compare: ["compare", "reverse"],
    count_losses: ["count_losses"],
  },
  apply: {
    check_plan: ["check_plan"],
    backup: COPY,
    migrate: ["migrate", "mark"],
    finish: ["finish"],
  },
  backup: {
    dump: ["backup", "dump"],
    hash: ["hash"],
    record: ["upload", "record"],
    decode: ["decode"],
  },
  verify: { hash: ["fetch", "hash"], decode: ["decode"] },
  restore: {
    safety_backup: COPY,
    create_database: ["create_database"],
    load: ["load"],
    compare: ["compare"],
    swap: ["swap"],
  },
  baseline: {
    read_catalogue: ["read_catalogue"],
    dump_structure: ["dump_structure"],
    replay: REPLAY,
    record: ["record"],
  },
  drift: { read_catalogue: ["read_catalogue"], replay: REPLAY },
  drift_adopt: { compare: ["compare"], record: ["record"] },
  adopt: { read_project: ["read_project"], replay: REPLAY, write_ledger: ["write_ledger"] },
};

type StageState = "done" | "active" | "waiting";

export interface Stage {
  code: string;
  state: StageState;
}

/** The stages of an operation and how far it is; none for kinds that have no known stages. */
export function stagesOf(operation: Operation): Stage[] {
  const stages = Object.entries(STAGES[operation.kind] ?? {});
  const code = operation.progress?.step?.code;
  const current = code === undefined ? -1 : stages.findIndex(([, codes]) => codes.includes(code));
  const over = operation.state === "succeeded";
  return stages.map(([stage], index) => ({
    code: stage,
    state: over || index < current ? "done" : index === current ? "active" : "waiting",
  }));
}

/** What an operation is doing now, in a sentence. */
export function stepWords(operation: Operation): string | null {
  const step = operation.progress?.step;
  if (!step) return null;
  const detailed = textFor(`operation.step.${step.code}`, step.params, step.code);
  const subject = step.params.name ?? step.params.table;
  return subject === undefined ? detailed : `${detailed}: ${String(subject)}`;
}

export function stageWords(code: string): string {
  return textFor(`operation.step.${code}`, {}, code);
}

/** A line of the log, in the user's words where it has a code. */
export function logWords({ message, code, params }: LogLine): string {
  if (!code) return message;
  const alone = code === "waiting" && params?.queue === 0 ? "_alone" : "";
  return textFor(`operation.said.${code}${alone}`, params ?? {}, message);
}

export function unitWords(unit: string): string {
  return textFor(`operation.unit.${unit}`, {}, unit);
}

export function kindWords(kind: string): string {
  return textFor(`operation.kind.${kind}`, {}, kind);
}

/** How far an operation is, from 0 to 1; null when nobody knows. */
export function fractionOf(operation: Operation): number | null {
  const stages = stagesOf(operation);
  const current = stages.findIndex(({ state }) => state === "active");
  if (operation.state === "succeeded") return 1;
  if (stages.length === 0 || current < 0) return null;
  const { done, total } = operation.progress ?? {};
  const within = done && total ? Math.min(done / total, 1) : 0;
  return (current + within) / stages.length;
}
