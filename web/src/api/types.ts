/** The names the page uses for what the API speaks of; the shapes come from its description. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type { Problem } from "./problem";
export type BackupStore = Schemas["BackupStore"];
export type Blocker = Schemas["Blocker"];
export type Backup = Schemas["Backup"];
export type Change = Schemas["Change"];
export type Counted = Schemas["Counted"];
export type Diagnostic = Schemas["Diagnostic"];
export type Environment = Schemas["Environment"];
export type Estimate = Schemas["Estimate"];
export type HalfDone = Schemas["HalfDone"];
export type HalfDoneStep = Schemas["HalfDoneStep"];
export type HeldLock = Schemas["HeldLock"];
export type Level = Schemas["Risk"]["level"];
export type Lock = NonNullable<Schemas["Status"]["lock"]>;
export type Loss = Schemas["Loss"];
export type Migration = Schemas["Migration"];
export type MigrationRef = Schemas["MigrationRef"];
export type MigrationState = Migration["state"];
export type MigrationText = Schemas["MigrationText"];
export type Neon = Schemas["Neon"];
export type NeonOrphan = Schemas["NeonOrphan"];
export type NeonRestore = Schemas["NeonRestore"];
export type Offer = Schemas["Offer"];
export type Operation = Schemas["Operation"];
export type Plan = Schemas["Plan"];
export type PlanMigration = Schemas["PlanMigration"];
/** The server always says both; only who asks may leave one out. */
export type Preferences = Required<Schemas["Preferences"]>;
export type PreviousDatabase = Schemas["PreviousDatabase"];
export type Requirement = Schemas["Requirement"];
export type RestoreMode = NonNullable<Schemas["Restore"]["mode"]>;
export type RetentionPlan = Schemas["RetentionPlan"];
export type Reversible = Schemas["Reversible"];
export type Risk = Schemas["Risk"];
export type RecordChange = Schemas["RecordChange"];
export type Statement = Schemas["Statement"];
type StatementError = Schemas["StatementError"];
export type Status = Schemas["Status"];
export type TakenBack = Schemas["TakenBack"];
export type Tried = Schemas["Tried"];
export type Violation = Schemas["Violation"];

export const LEVELS: readonly Level[] = ["low", "medium", "high", "critical"];

/** What an apply left behind; operations carry it in `result`. */
export interface ApplyResult {
  plan_id: string;
  applied: MigrationRef[];
  /** `rolled_back` is false where it stopped half-way, and what was done stays. */
  failed: (StatementError & { rolled_back?: boolean }) | null;
  /** Ways back that were run. */
  undone?: MigrationRef[];
  not_run: MigrationRef[];
  backup_id: string | null;
}

/** What a restore left behind; where nothing was replaced, no other database was kept. */
export interface RestoreResult {
  database: string;
  previous_database: string | null;
  backup_id: string;
  safety_backup_id: string | null;
  mode: RestoreMode;
  schema: string | null;
  /** At Neon: the branch to look at; once that took the place, the one that was replaced. */
  branch: string | null;
}

/** Rows of one table now and in a backup; null where they could not be counted. */
export interface TableDifference {
  name: string;
  rows_now: number | null;
  rows_then: number | null;
  exact: boolean;
  writes_since: number | null;
}

/** One way to restore; where it is not possible, `code` and `params` name the reason. */
export interface ModeOffer {
  mode: RestoreMode;
  possible: boolean;
  reason: string | null;
  code: string | null;
  params: Record<string, string>;
}

/** What a restore would bring back and what it would lose; operations carry it in `result`. */
export interface RestorePreview {
  backup_id: string;
  changes: Change[];
  ddl: Ddl;
  tables: TableDifference[];
  migrations_gone: string[];
  migrations_back: string[];
  modes: ModeOffer[];
  notes: { code: string; message: string; params: Record<string, string | number> }[];
}

/** What running files on an empty database came to. */
interface ReplayResult {
  place: string;
  server_version: string | number;
  duration_ms: number;
  error: { version?: string; line: number; message: string } | null;
}

/** The proof of a baseline; operations carry it in `result`. */
export interface BaselineResult {
  version: string;
  name: string;
  file: string;
  statements: number;
  replay: ReplayResult;
  changes: Change[];
  recorded: boolean;
}

export interface AdoptionProblem {
  code: string;
  subject: string;
  message: string;
  acceptable: boolean;
  hint: string | null;
}

export interface AdoptedMigration {
  version: string;
  name: string;
  file: string;
  source: string;
  applied: boolean;
  applied_at: string | null;
  checksum: string | null;
  ledger_checksum: string | null;
}

/** The proof of an adoption; operations carry it in `result`, also refused ones. */
export interface AdoptionResult {
  tool: string;
  folder: string;
  ledger: string | null;
  in_place: boolean;
  accepted: boolean;
  proven: boolean;
  migrations: AdoptedMigration[];
  applied_total: number;
  pending_total: number;
  checksums_compared: number;
  problems: AdoptionProblem[];
  notes: AdoptionProblem[];
  changes: Change[];
  replay: ReplayResult;
  files_written: string[];
  rows_written: number;
}

/** A difference that no statement takes away, and why. */
export interface Cannot {
  kind: string;
  identity: string;
  reason: string;
}

interface SeenKind {
  kind: string;
  count: number;
}

interface Ddl {
  before: string;
  after: string;
}

/** What the database has otherwise than its ledger implies; operations carry it in `result`. */
export interface DriftResult {
  drifted: boolean;
  changed_since_last_run: boolean | null;
  migrations: number;
  changes: Change[];
  ddl: Ddl;
  replay: ReplayResult;
  not_compared: SeenKind[];
}

/** The migration that was made of what drifted; the last four are null where none was written. */
export interface DriftAdoptionResult {
  equal: boolean;
  complete: boolean;
  sql: string;
  cannot: Cannot[];
  left: Change[];
  version: string | null;
  name: string | null;
  file: string | null;
  plan_id: string | null;
}

/** Something that went and something that came, alike but for the name: a question. */
export interface RenameQuestion {
  kind: string;
  from: string;
  to: string;
  why: string;
}

/** Two schemas and the migration from one to the other; operations carry it in `result`. */
export interface ComparisonResult {
  equal: boolean;
  changes: Change[];
  rename_candidates: RenameQuestion[];
  remarks: { code: "column_order" | "needs_value" | "value_goes"; identity: string }[];
  not_compared: SeenKind[];
  ddl: Ddl;
  sql: string;
  cannot: Cannot[];
  proof: {
    place: string;
    equal: boolean | null;
    left: Change[];
    limit: string | null;
    column_order: string[];
  };
  complete: boolean;
}
