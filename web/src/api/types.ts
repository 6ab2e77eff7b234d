/** The names the page uses for what the API speaks of; the shapes come from its description. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type { Problem } from "./problem";
export type Backup = Schemas["Backup"];
export type Change = Schemas["Change"];
export type Diagnostic = Schemas["Diagnostic"];
export type Environment = Schemas["Environment"];
export type Level = Schemas["Risk"]["level"];
export type Loss = Schemas["Loss"];
export type Migration = Schemas["Migration"];
export type MigrationRef = Schemas["MigrationRef"];
export type MigrationState = Migration["state"];
export type MigrationText = Schemas["MigrationText"];
export type Operation = Schemas["Operation"];
export type Plan = Schemas["Plan"];
/** The server always says both; only who asks may leave one out. */
export type Preferences = Required<Schemas["Preferences"]>;
export type Requirement = Schemas["Requirement"];
export type Risk = Schemas["Risk"];
export type Statement = Schemas["Statement"];
type StatementError = Schemas["StatementError"];
export type Status = Schemas["Status"];

export const LEVELS: readonly Level[] = ["low", "medium", "high", "critical"];

/** What an apply left behind; operations carry it in `result`. */
export interface ApplyResult {
  plan_id: string;
  applied: MigrationRef[];
  failed: StatementError | null;
  not_run: MigrationRef[];
  backup_id: string | null;
}

/** What a restore left behind. */
export interface RestoreResult {
  database: string;
  previous_database: string;
  backup_id: string;
  safety_backup_id: string | null;
}
