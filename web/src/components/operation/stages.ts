import type { Operation } from "@/api/types";

const COPY = [
  "backup",
  "safety_backup",
  "read_catalogue",
  "dump",
  "hash",
  "upload",
  "record",
  "decode",
  "ask_neon",
];

/** Running files on an empty database, and what that is made of. */
const REPLAY = ["replay", "copy_structure", "rehearse", "compare"];

const CHECK_FILE = ["fetch", "hash"];

type Stages = Record<string, readonly string[]>;

/** The stages people are told about, by kind of operation, and the steps each is made of. */
const STAGES: Record<string, Stages> = {
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
    dump: ["backup", "read_catalogue", "dump"],
    hash: ["hash"],
    record: ["upload", "record"],
    decode: ["decode"],
  },
  verify: { hash: CHECK_FILE, decode: ["decode"] },
  prove: {
    check_file: CHECK_FILE,
    create_database: ["create_database"],
    load: ["load"],
    compare: ["compare"],
  },
  restore_preview: {
    check_file: CHECK_FILE,
    read_catalogue: ["read_catalogue"],
    count_rows: ["count_rows"],
    copy_structure: ["copy_structure"],
  },
  restore_undo: { records: ["records"], swap: ["swap"] },
  finalize: { swap_branch: ["swap"], reconnect: ["reconnect"] },
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

/** Those of kinds that can be done in several ways. */
const WAYS: Record<string, Record<string, Stages>> = {
  restore: {
    swap: {
      check_file: CHECK_FILE,
      safety_backup: COPY,
      create_database: ["create_database"],
      load: ["load"],
      compare: ["compare"],
      swap: ["swap"],
    },
    in_place: {
      check_file: CHECK_FILE,
      safety_backup: COPY,
      clear: ["clear"],
      load: ["load"],
      compare: ["compare"],
    },
    tables: { check_file: CHECK_FILE, load: ["load"], compare: ["compare"] },
    neon: { ask_neon: ["ask_neon"], look: ["compare"] },
  },
};

type StageState = "done" | "active" | "waiting";

export interface Stage {
  code: string;
  state: StageState;
}

/** The stages of an operation and how far it is; none for kinds that have no known stages. */
export function stagesOf({ kind, state, progress }: Operation): Stage[] {
  const known = WAYS[kind]?.[progress?.way ?? ""] ?? STAGES[kind] ?? {};
  const stages = Object.entries(known);
  const code = progress?.step?.code;
  const at = stages.flatMap(([, codes], index) => (code && codes.includes(code) ? [index] : []));
  // The checksum is taken of the file that is restored, and later of the backup before it.
  const current = (progress?.steps_done ? at.at(-1) : at[0]) ?? -1;
  const over = state === "succeeded";
  return stages.map(([stage], index) => ({
    code: stage,
    state: over || index < current ? "done" : index === current ? "active" : "waiting",
  }));
}

/** Whether it goes through from here on, because half of it would be worse than all or nothing. */
export function goesThrough({ kind, progress }: Operation): boolean {
  return kind === "finalize" && ["swap", "reconnect"].includes(progress?.step?.code ?? "");
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
