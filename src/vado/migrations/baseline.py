"""The start on a database that has a schema already: its structure as the first migration.

It is accepted only when the file, run on an empty database, makes the very schema that is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from vado.database import (
    Session,
    install_control,
    ledger_exists,
    load_queries,
    require_consent,
)
from vado.environments import Environment
from vado.errors import BaselineRefused, StateUnavailable, UsageError
from vado.migrations.files import MAX_FILE_BYTES, Migration, migration_of, read_folder, slug
from vado.migrations.ledger import (
    RunContext,
    read_ledger,
    record_step,
    set_fingerprint_after,
)
from vado.migrations.lock import migration_session
from vado.migrations.propose import planned_up
from vado.migrations.replayed import Live, replayed_against
from vado.operations import Job, TargetRecord
from vado.preview import Replay, read_patiently, structure_text
from vado.schema import Catalogue, Change, fingerprint
from vado.sql import Script, Statement, parse_script

_QUERIES = load_queries("vado.migrations")
_VERSION = "%Y%m%d%H%M%S"
_HEADER = """\
-- The schema of {database} as it was when Vado began to keep its migrations.
-- Owners, grants and rows are not part of it.
-- migrate:up
"""
_LATE_BODIES = "SET check_function_bodies = off;"
_WITH_BODIES = frozenset({"create_function_stmt"})


@dataclass(frozen=True, slots=True)
class BaselineRequest:
    """What to call the file; `consent` allows Vado to create its schemas."""

    name: str = "baseline"
    dry_run: bool = False
    consent: bool = False


@dataclass
class _Report:
    migration: Migration
    found: Replay
    changes: tuple[Change, ...]
    recorded: bool = False

    @property
    def equal(self) -> bool:
        return self.found.error is None and not self.changes

    def to_json(self) -> dict[str, Any]:
        return {
            "version": self.migration.version,
            "name": self.migration.name,
            "file": self.migration.path.name,
            "statements": len(self.migration.script.statements),
            "replay": {
                "place": self.found.place,
                "server_version": self.found.server_version,
                "duration_ms": self.found.duration_ms,
                "error": self.found.error,
            },
            "changes": [change.to_json() for change in self.changes],
            "recorded": self.recorded,
        }


def take_baseline(environment: Environment, request: BaselineRequest, job: Job) -> dict[str, Any]:
    """Write the structure as the first migration and the ledger's first row; return the report.

    Raises BaselineRefused when the file would not make the schema that is there.
    """
    job.expect(3 if request.dry_run else 4)
    job.step("read_catalogue")
    with environment.session(read_only=True) as session:
        _refuse_second(session)
        if not request.dry_run:
            require_consent(session, consent=request.consent)
        live = read_patiently(session, job)
        server_version = session.server_version
    job.step("dump_structure")
    text = structure_text(environment.target, server_version, job)
    migration = _written(environment, request.name, text)
    job.step("replay")
    with job.inside_step():
        report = _proven(environment, migration, live, job)
    job.result = report.to_json()
    _require_equal(report)
    if not request.dry_run:
        job.step("record")
        _record(environment, request, report, fingerprint(live), job)
    return report.to_json()


def _proven(environment: Environment, migration: Migration, live: Catalogue, job: Job) -> _Report:
    """Run the file on an empty database and compare what it makes with what is there."""
    against = Live(live, dumped=1)
    found, changes = replayed_against(environment, [planned_up(migration)], against, job)
    return _Report(migration, found, changes)


def _refuse_second(session: Session) -> None:
    rows = read_ledger(session) if ledger_exists(session) else ()
    if rows:
        raise BaselineRefused(
            f"the ledger of {session.target.dbname} has {len(rows)} rows already",
            hint="A baseline comes before everything else: `vado status` tells where you are.",
            details={"rows": len(rows)},
        )


def _written(environment: Environment, name: str, dumped: str) -> Migration:
    plain = slug(name)
    if not plain:
        raise UsageError(f"{name!r} gives no file name", hint="Use letters and digits.")
    folder = environment.migrations_folder
    version = _first_version(folder)
    text = _HEADER.format(database=environment.target.dbname) + normalised(dumped)
    if len(text.encode()) > MAX_FILE_BYTES:
        raise BaselineRefused(
            f"the structure of {environment.target.dbname} is larger than a migration may be",
            hint="Keep it elsewhere, and begin with an empty baseline file.",
        )
    return migration_of(version, plain, folder / f"{version}_{plain}.sql", text)


def _first_version(folder: Path) -> str:
    """Return the present second, or the one before the first file there is."""
    now = datetime.now(UTC)
    files = read_folder(folder) if folder.is_dir() else []
    if not files:
        return now.strftime(_VERSION)
    first = min(files, key=lambda m: m.number).version
    try:
        before = datetime.strptime(first, _VERSION).replace(tzinfo=UTC) - timedelta(seconds=1)
    except ValueError:
        return str(max(int(first) - 1, 0))
    return min(before, now).strftime(_VERSION)


def normalised(dumped: str) -> str:
    """Return what pg_dump wrote as plain statements, without what is meant for psql alone."""
    script = parse_script(dumped)
    _require_sound(script)
    kept = [s for s in script.statements if not _of_the_dump(s)]
    texts = [f"{s.text};" for s in kept]
    if any(s.kind in _WITH_BODIES for s in kept):
        # Bodies may name what is made later.
        texts.insert(0, _LATE_BODIES)
    return "\n\n".join(texts) + "\n"


def _require_sound(script: Script) -> None:
    for error in script.errors:
        # Lines such as \restrict are for psql.
        if not script.text.startswith("\\", error.offset):
            raise BaselineRefused(
                f"pg_dump wrote what cannot be read, at line {error.line}: {error.message}",
                hint="Report it, with the object that stands there.",
            )


def _of_the_dump(statement: Statement) -> bool:
    """Say whether it is about the dump itself, or an extension's own comment on itself."""
    if statement.kind == "variable_set_stmt":
        return True
    if statement.kind == "comment_stmt":
        return statement.node.enum("objtype") == "OBJECT_EXTENSION"
    return statement.kind == "select_stmt" and "set_config('search_path'" in statement.text


def _require_equal(report: _Report) -> None:
    if report.equal:
        return
    error, changes = report.found.error, report.changes
    if error is not None:
        what = f"the file fails on an empty database at line {error['line']}: {error['message']}"
    else:
        names = ", ".join(f"{c.kind} {c.identity}" for c in changes[:3])
        more = f" and {len(changes) - 3} more" if len(changes) > 3 else ""  # noqa: PLR2004 (shown)
        what = f"the file makes another schema than there is: {names}{more}"
    raise BaselineRefused(
        f"no baseline: {what}",
        hint="Nothing was written. Put that right, or report it: the file should be the schema.",
        details={"error": error, "changes": [change.to_json() for change in changes]},
    )


def _record(
    environment: Environment, request: BaselineRequest, report: _Report, print_: str, job: Job
) -> None:
    migration = report.migration
    with migration_session(environment, job) as session:
        require_consent(session, consent=request.consent)
        _refuse_second(session)
        if fingerprint(read_patiently(session, job)) != print_:
            raise BaselineRefused(
                "no baseline: the schema changed while it was compared",
                hint="Try again when nobody else is at work.",
            )
        install_control(session)
        record = TargetRecord(session, job, "baseline")
        record.settle_interrupted()
        with (
            record.kept(environment=environment.name, subject=migration.version),
            _file(migration),
            session.transaction(),
        ):
            session.perform(record_step(migration, RunContext(job.id, "", None, print_)))
            session.execute(_QUERIES["baseline"], version=migration.version)
            set_fingerprint_after(session, migration.version, print_)
            report.recorded = True
            job.result = report.to_json()


@contextmanager
def _file(migration: Migration) -> Iterator[None]:
    """Write the file, and take it away again when the block fails."""
    path = migration.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(migration.text)
    except OSError as error:
        raise StateUnavailable(
            f"cannot write {path}: {error.strerror}", hint="Check its permissions."
        ) from error
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
