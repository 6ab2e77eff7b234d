"""Proof of the way back: up, then down, on a copy that is used for nothing else."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from vado.operations import Job
from vado.preview.copies import Copy
from vado.preview.plan import PlannedMigration
from vado.preview.run import CopyRun, needs_superuser
from vado.schema import (
    Catalogue,
    Change,
    diff_databases,
    diff_same_database,
    fingerprint,
    read_catalogue,
)
from vado.sql import Statement, parse_script

# A preview is waited for: what takes longer is told as not tried.
BUDGET_S = 5.0
_OVERWRITES = frozenset({"UpdateStmt", "DeleteStmt", "MergeStmt", "TruncateStmt"})
_UNKNOWABLE = frozenset({"do_stmt", "call_stmt", "execute_stmt", "select_stmt", "copy_stmt"})


@dataclass(frozen=True, slots=True)
class Reversible:
    """What up and then down leave: the schema as it was, and the data as it was.

    None where that is not known; `code` and `params` say why in words that faces translate.
    """

    schema: bool | None
    data: bool | None
    code: str
    reason: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as plans show it."""
        return asdict(self)


def has_way_back(migration: PlannedMigration) -> bool:
    """Say whether there is a way back that could be tried."""
    return bool(migration.down and migration.down.strip())


def not_tried(
    migrations: Sequence[PlannedMigration], risks: Sequence[Mapping[str, Any]]
) -> dict[str, Reversible]:
    """Return what is known of the ways back without trying them, by version."""
    return {m.version: _unproven(m, risks) for m in migrations if has_way_back(m)}


def _unproven(migration: PlannedMigration, risks: Sequence[Mapping[str, Any]]) -> Reversible:
    kept = _keeps_data(migration, risks, ())
    return Reversible(None, kept, "not_tried", "the way back was not tried")


def prove_reversals(
    copy: Copy,
    migrations: Sequence[PlannedMigration],
    risks: Sequence[Mapping[str, Any]],
    job: Job,
) -> dict[str, Reversible]:
    """Run each migration up and its way back, and compare; by version."""
    proof = _Proof(copy, risks, job)
    found = not_tried(migrations, risks)
    found.update(proof.each(migrations))
    return found


class _TakenBack(Exception):
    """Ends the transaction in which a way back was tried."""


class _Proof:
    def __init__(self, copy: Copy, risks: Sequence[Mapping[str, Any]], job: Job) -> None:
        self._copy = copy
        self._risks = risks
        self._job = job
        self._ends_at = time.monotonic() + BUDGET_S

    def each(self, migrations: Sequence[PlannedMigration]) -> Iterator[tuple[str, Reversible]]:
        last = max((i for i, m in enumerate(migrations) if has_way_back(m)), default=-1)
        before = read_catalogue(self._copy.session)
        for migration in migrations[: last + 1]:
            self._job.step("reverse", version=migration.version, name=migration.name)
            if time.monotonic() > self._ends_at or not self._runs(migration):
                return
            after = read_catalogue(self._copy.session)
            if has_way_back(migration) and not migration.statements_done:
                found, intact = self._proven(migration, before, after)
                yield migration.version, found
                if not intact:
                    return
            before = after

    def _runs(self, migration: PlannedMigration) -> bool:
        run = CopyRun(self._copy, self._job)
        run.migration(migration)
        # What was left out reaches beyond this database: nothing can be said of it here.
        return run.error is None and not run.limits

    def _proven(
        self, migration: PlannedMigration, before: Catalogue, after: Catalogue
    ) -> tuple[Reversible, bool]:
        """Return what was found, and whether the copy is again as *up* had left it."""
        changes = diff_same_database(before, after)
        kept = _keeps_data(migration, self._risks, changes)
        down = way_back(migration)
        if down.script.errors:
            error = down.script.errors[0]
            return _fails({"line": error.line, "message": error.message}, kept), True
        run = CopyRun(self._copy, self._job)
        if _whole(down):
            restored, intact = self._taken_back(run, down), True
        else:
            run.migration(down)
            restored = read_catalogue(self._copy.session)
            intact = run.error is None and self._runs(migration)
        if run.error is not None:
            return _fails(run.error, kept), intact
        if run.limits:
            return _unproven(migration, self._risks), intact
        return _compared(before, restored, kept), intact

    def _taken_back(self, run: CopyRun, down: PlannedMigration) -> Catalogue:
        """Try the way back in a transaction that ends with nothing done."""
        session = self._copy.session
        found: list[Catalogue] = []
        with suppress(_TakenBack), session.transaction():
            run.migration(down)
            if run.error is None:
                found.append(read_catalogue(session))
            raise _TakenBack
        return found[0] if found else Catalogue(session.server_version, ())


def way_back(migration: PlannedMigration) -> PlannedMigration:
    """Return the way back of a migration as something that can be run."""
    return replace(
        migration,
        direction="down",
        script=parse_script(migration.down or ""),
        transaction=migration.down_transaction,
        statements_done=0,
        down=None,
    )


def _whole(migration: PlannedMigration) -> bool:
    """Say whether it can be run in one transaction of the copy's own session."""
    return migration.transaction and all(
        s.transactional and not needs_superuser(s) for s in migration.script.statements
    )


def _fails(error: Mapping[str, Any], kept: bool | None) -> Reversible:  # noqa: FBT001 (passed on)
    params: dict[str, str | int] = {"line": error["line"], "message": error["message"]}
    reason = f"the way back fails at line {error['line']}: {error['message']}"
    return Reversible(schema=False, data=kept, code="down_fails", reason=reason, params=params)


def _compared(
    before: Catalogue,
    restored: Catalogue,
    kept: bool | None,  # noqa: FBT001 (passed on)
) -> Reversible:
    if fingerprint(before) == fingerprint(restored):
        return Reversible(
            schema=True, data=kept, code="equal", reason="up and down leave the schema as it was"
        )
    changes = diff_databases(before, restored)
    moved = _only_moved(changes)
    first = changes[0] if changes else None
    params: dict[str, str | int] = {
        "count": len(changes),
        "kind": first.kind if first else "",
        "identity": first.identity if first else "",
    }
    code, what = "differs", f"{params['kind']} {params['identity']} is not as it was".strip()
    if moved:
        code, what = "column_order", f"the columns of {params['identity']} stand in another order"
    reason = f"after up and down {what}"
    return Reversible(schema=False, data=kept, code=code, reason=reason, params=params)


def _only_moved(changes: Sequence[Change]) -> bool:
    """Say whether nothing but the order of columns differs: a column added again comes last."""
    details = [detail.property for change in changes for detail in change.details]
    return bool(details) and set(details) == {"column_order"}


def _keeps_data(
    migration: PlannedMigration, risks: Sequence[Mapping[str, Any]], changes: Sequence[Change]
) -> bool | None:
    """Say whether *up* leaves all data there, so that a way back can have it; None: not known."""
    destroys = any(r["destructive"] and r["version"] == migration.version for r in risks)
    if destroys or any(change.destructive for change in changes):
        return False
    if any(overwrites(s) for s in migration.script.statements):
        return False
    unknown = any(s.kind in _UNKNOWABLE or _converts(s) for s in migration.script.statements)
    return None if unknown else True


def overwrites(statement: Statement) -> bool:
    """Say whether rows that are there become others, as far as its own text tells."""
    # Bodies of functions are texts, so what only is written there is not found.
    return any(node.kind in _OVERWRITES for node in statement.node.walk())


def _converts(statement: Statement) -> bool:
    """Say whether values get another type by an expression, which may not lead back."""
    return any(
        command.enum("subtype") == "AT_AlterColumnType"
        and (definition := command.node("def")) is not None
        and definition.has("raw_default")
        for command in statement.node.nodes("cmds")
    )
