"""Every error that Vado raises on purpose.

* VadoError
  + UsageError                 what was asked for cannot be understood
    - ConfigurationInvalid     vado.toml, a variable or a connection string is wrong
    - NotFound                 no migration, plan, backup, operation, environment of that name
  + ConnectionFailed           the server could not be reached or refused us
    - PooledConnection         a transaction pooler stands between us and the server
  + StatementFailed            PostgreSQL refused a statement
  + MigrationError
    - MigrationFileInvalid     a file cannot be read as a migration
    - MigrationExists          two files may not share a version
    - MigrationApplied         an applied migration is not edited or deleted
    - ChangedMeanwhile         the file is not the one that was read
    - LedgerConflict           edited, missing or out-of-order files
    - MigrationFailed          a statement failed; its migration was rolled back
    - BaselineRefused          the dumped structure does not make the schema that is there
    - DriftUnknown             the ledger implies no schema to compare with
    - RepairRefused            the migration is not applied, or has no file
    - MarkRefused              the ledger already says so, or cannot say so
    - UndoImpossible           there is no way back: no down section, a baseline, or half applied
  + Refused                    a rule of the environment's policy stands in the way
    - PlanRequired
    - PlanOutdated             files, ledger, schema or target moved since the preview
    - PlanConsumed
    - RequirementsMissing
    - RiskAboveLimit           a risk is graver than --max-risk allows
    - ConfirmationRequired
    - ConsentRequired          Vado may not create its schemas here yet
    - AdoptionRefused          another tool's files do not make the schema that is there
    - WrongDatabase            the environment leads to another database than before
  + LockNotObtained            another Vado is at work on this database
  + Cancelled
  + ToolsError
    - ToolsMissing             no pg_dump that could do this
    - ServerNewerThanTools
    - ToolFailed               pg_dump or pg_restore ended with an error
  + BackupError
    - BackupDamaged            the file is not the one that was written
    - BackupLocked             it is encrypted, and the key here does not open it
    - StoreUnavailable         the bucket cannot be reached, or refuses
    - RestoreFailed            the database is as it was
    - RestoreUnknown           the server did not tell whether the restore was done
  + NeonError                  Neon's API answers something that cannot be understood
    - NeonKeyRefused           the API key is missing, wrong, or may not do this
    - NeonNotFound             Neon has no such project, branch, endpoint or snapshot
    - NeonRefused              Neon will not do this, or Vado will not ask for it
    - NeonBusy                 Neon was at work on the project for longer than we wait
    - NeonLimit                too many requests, or the plan of the project allows no more
    - NeonFailed               Neon began and ended with an error
    - NeonUnreachable          no answer, and nothing was asked to change
    - NeonAnswerLost           no answer to a change, and no trace of it
  + RepositoryUnreadable       git is missing, this is no clone, or its history is not there
  + RehearsalImpossible        the plan cannot be tried anywhere
  + ComparisonImpossible       one side of a comparison cannot be had
  + EmbeddedServerFailed       the embedded server did not start
  + WindowUnavailable          no window can be opened here
  + EngineFailed               `vado serve` behind the window did not start or broke down
  + StateUnavailable           Vado's own state cannot be read or written
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class VadoError(Exception):
    """What happened (message), what to do next (hint), and what machines may read (details)."""

    code: ClassVar[str] = "vado_error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: str, *, hint: str | None = None, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details: dict[str, Any] = dict(details or {})

    def to_json(self) -> dict[str, Any]:
        """Return the problem document: code, message, hint, details."""
        return {
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "details": self.details,
        }


class UsageError(VadoError):
    """What was asked for cannot be understood."""

    code = "usage"
    status = 422
    exit_code = 2


class ConfigurationInvalid(UsageError):
    """A configuration file, a variable or a connection string is wrong."""

    code = "configuration_invalid"


class NotFound(UsageError):
    """There is no such migration, plan, backup, operation or environment."""

    code = "not_found"
    status = 404
    exit_code = 1


class ConnectionFailed(VadoError):
    """The server could not be reached or refused the credentials."""

    code = "connection_failed"
    status = 502


class PooledConnection(ConnectionFailed):
    """A transaction pooler stands between Vado and the server."""

    code = "pooled_connection"
    status = 409


class StatementFailed(VadoError):
    """PostgreSQL refused a statement; details hold sqlstate, position, detail and context."""

    code = "statement_failed"
    status = 409


class MigrationError(VadoError):
    """Something is wrong with a migration or the ledger."""

    code = "migration_error"
    status = 409


class MigrationFileInvalid(MigrationError):
    """A file in the migrations folder cannot be read as a migration."""

    code = "migration_file_invalid"


class MigrationExists(MigrationError):
    """A migration of that version exists already."""

    code = "migration_exists"


class MigrationApplied(MigrationError):
    """An applied migration is neither edited nor deleted."""

    code = "migration_applied"


class ChangedMeanwhile(MigrationError):
    """The file was changed since it was read."""

    code = "changed_meanwhile"


class LedgerConflict(MigrationError):
    """Edited, missing or out-of-order files stand in the way of an apply."""

    code = "ledger_conflict"
    exit_code = 7


class MigrationFailed(MigrationError):
    """A statement failed; its migration was rolled back."""

    code = "migration_failed"


class BaselineRefused(MigrationError):
    """The dumped structure does not make the schema that is there, or the ledger has rows."""

    code = "baseline_refused"
    exit_code = 7


class DriftUnknown(MigrationError):
    """The ledger is empty or a migration is half done, so no schema is implied."""

    code = "drift_unknown"


class RepairRefused(MigrationError):
    """The migration is not applied, or has no file that the record could take."""

    code = "repair_refused"
    exit_code = 7


class MarkRefused(MigrationError):
    """The ledger already says so, or cannot say so."""

    code = "mark_refused"
    exit_code = 7


class UndoImpossible(MigrationError):
    """There is no way back: no down section, a baseline, or applied in part."""

    code = "undo_impossible"
    exit_code = 7


class Refused(VadoError):
    """The policy of the environment stands in the way."""

    code = "refused"
    status = 409
    exit_code = 7


class PlanRequired(Refused):
    """Apply takes a plan, never SQL."""

    code = "plan_required"


class PlanOutdated(Refused):
    """Files, ledger, schema or target moved since the preview."""

    code = "plan_outdated"


class PlanConsumed(Refused):
    """The plan was applied before."""

    code = "plan_consumed"


class RequirementsMissing(Refused):
    """The policy asks for more before this plan may be applied."""

    code = "requirements_missing"


class RiskAboveLimit(Refused):
    """A risk of the plan is graver than the user allowed for this run."""

    code = "risk_above_limit"
    exit_code = 4


class ConfirmationRequired(Refused):
    """The name has to be typed before this is done."""

    code = "confirmation_required"


class ConsentRequired(Refused):
    """Vado does not create its schemas in a database without being told to."""

    code = "consent_required"


class WrongDatabase(Refused):
    """The environment leads to another database than at its first use.

    Details hold environment, expected, found, and what of server, host, database differs.
    """

    code = "wrong_database"


class AdoptionRefused(Refused):
    """Another tool's project is not adopted; details hold tool, problems and changes."""

    code = "adoption_refused"


class LockNotObtained(VadoError):
    """Another Vado is at work on this database."""

    code = "lock_not_obtained"
    status = 409
    exit_code = 5


class Cancelled(VadoError):
    """The user cancelled."""

    code = "cancelled"
    status = 409
    exit_code = 130


class ToolsError(VadoError):
    """Something is wrong with pg_dump and pg_restore."""

    code = "tools_error"


class ToolsMissing(ToolsError):
    """No client tools here can do this."""

    code = "tools_missing"
    status = 409


class ServerNewerThanTools(ToolsError):
    """The server is newer than every client tool that was found."""

    code = "server_newer_than_tools"
    status = 409


class ToolFailed(ToolsError):
    """The client tool ended with an error."""

    code = "tool_failed"


class BackupError(VadoError):
    """Something is wrong with a backup."""

    code = "backup_error"
    status = 409


class BackupDamaged(BackupError):
    """The file is not the one that was written."""

    code = "backup_damaged"
    exit_code = 6


class BackupLocked(BackupError):
    """The backup is encrypted, and no key here opens it."""

    code = "backup_locked"


class StoreUnavailable(BackupError):
    """Where backups are kept cannot be reached, or refuses; details hold store and reason."""

    code = "store_unavailable"
    status = 502


class RestoreFailed(BackupError):
    """The restore failed; the database is as it was."""

    code = "restore_failed"


class RestoreUnknown(BackupError):
    """The server went away at the very end: the restore was done, or the database is as it was."""

    code = "restore_unknown"


class NeonError(VadoError):
    """Neon's API answered what cannot be understood; details hold request_id and status."""

    code = "neon_error"
    status = 502


class NeonKeyRefused(NeonError):
    """The API key is missing, wrong, or may not do this."""

    code = "neon_key_refused"
    status = 409


class NeonNotFound(NeonError):
    """Neon has no such project, branch, endpoint or snapshot, or the key does not see it."""

    code = "neon_not_found"
    status = 409


class NeonRefused(NeonError):
    """Neon will not do this as things are, or Vado will not ask for it."""

    code = "neon_refused"
    status = 409


class NeonBusy(NeonError):
    """Neon was at work on the project for longer than Vado waits."""

    code = "neon_busy"
    status = 409


class NeonLimit(NeonError):
    """Too many requests, or the plan of the project allows no more."""

    code = "neon_limit"
    status = 409


class NeonFailed(NeonError):
    """Neon began what it was asked for and ended with an error; details hold the operation."""

    code = "neon_failed"


class NeonUnreachable(NeonError):
    """Neon's API did not answer; nothing was asked to change."""

    code = "neon_unreachable"


class NeonAnswerLost(NeonError):
    """The answer to a change was lost, and what was asked for is not there."""

    code = "neon_answer_lost"


class RepositoryUnreadable(VadoError):
    """Git is missing, this is no clone of a repository, or its history does not reach so far."""

    code = "repository_unreadable"
    status = 409


class RehearsalImpossible(VadoError):
    """The plan cannot be tried anywhere."""

    code = "rehearsal_impossible"
    status = 409


class ComparisonImpossible(VadoError):
    """One side of a comparison cannot be had: a script fails, a file cannot be read."""

    code = "comparison_impossible"
    status = 409


class EmbeddedServerFailed(VadoError):
    """The embedded PostgreSQL did not start."""

    code = "embedded_server_failed"


class WindowUnavailable(VadoError):
    """No window can be opened here."""

    code = "window_unavailable"


class EngineFailed(VadoError):
    """The `vado serve` behind the window did not start or broke down; details hold exit_code."""

    code = "engine_failed"


class StateUnavailable(VadoError):
    """Vado's own state on this machine cannot be read or written."""

    code = "state_unavailable"
