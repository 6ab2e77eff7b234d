"""Folder and ledger side by side: the state of each migration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vado.errors import LedgerConflict
from vado.migrations.files import Migration, migration_of
from vado.migrations.ledger import LedgerRow

MigrationState = Literal[
    "pending", "applied", "partial", "edited", "missing", "out_of_order", "baseline", "undone"
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One version, as a file, as a row of the ledger, or as both."""

    version: str
    name: str
    state: MigrationState
    migration: Migration | None
    row: LedgerRow | None

    @property
    def half_done(self) -> bool:
        """Whether it stopped in the middle, on its way up or back, whatever its file is now."""
        return self.row is not None and self.row.state == "partial"

    @property
    def half_undone(self) -> bool:
        """Whether its undo has begun and not ended."""
        return self.row is not None and self.row.undo_done is not None

    @property
    def reference(self) -> dict[str, str]:
        """Version and name, as lists show them."""
        return {"version": self.version, "name": self.name}


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of every migration, in the order of versions."""

    entries: tuple[Entry, ...]

    def of(self, *states: MigrationState) -> list[Entry]:
        """Return the entries in any of *states*."""
        return [entry for entry in self.entries if entry.state in states]

    @property
    def version(self) -> str | None:
        """The highest version that is applied."""
        applied = [e for e in self.entries if e.row is not None and e.row.standing]
        return applied[-1].version if applied else None

    def to_apply(self, to: str | None = None, *, out_of_order: bool = False) -> list[Migration]:
        """Return what an apply would run, up to version *to*.

        What is older than an applied one is only run when it is asked for, and then comes first.
        """
        late: tuple[MigrationState, ...] = ("out_of_order",) if out_of_order else ()
        return [
            entry.migration
            for entry in self.of("partial", "pending", "undone", *late)
            if not entry.half_undone
            and entry.migration is not None
            and (to is None or entry.migration.number <= int(to))
        ]

    def refuse_conflicts(self, *, out_of_order: bool = False) -> None:
        """Raise LedgerConflict when files and ledger do not tell the same story.

        With *out_of_order* what is older than an applied one is no conflict.
        """
        self._refuse_half_undone()
        late: tuple[MigrationState, ...] = () if out_of_order else ("out_of_order",)
        conflicts = self.of("edited", "missing", *late)
        if not conflicts:
            return
        first = conflicts[0]
        half = "half_" if first.half_done else ""
        what, hint = _CONFLICTS[half + first.state]
        raise LedgerConflict(
            f"{first.version}_{first.name} {what}",
            hint=hint.format(version=first.version),
            details={
                state: [entry.reference for entry in self.of(state)]
                for state in ("edited", "missing", "out_of_order")
            },
        )

    def _refuse_half_undone(self) -> None:
        for entry in self.entries:
            if entry.half_undone:
                raise LedgerConflict(
                    f"{entry.version}_{entry.name} is undone in part",
                    hint="Go on with it: `vado undo`.",
                    details={"half_undone": [entry.reference]},
                )


_CONFLICTS = {
    "edited": (
        "was edited after it was applied",
        "See what differs and choose which of the two is right: `vado repair {version}`.",
    ),
    "missing": (
        "was applied, and its file is missing",
        "Bring it back from version control, or from the ledger: `vado repair {version}`.",
    ),
    "half_edited": (
        "is half done, and was edited in what is done of it",
        "`vado status` shows the ways out; `vado repair {version}` brings the file back.",
    ),
    "half_missing": (
        "is half done, and its file is missing",
        "`vado status` shows the ways out; `vado repair {version}` brings the file back.",
    ),
    "out_of_order": (
        "is older than a migration that is applied already",
        "Give the file a new version, or apply it all the same with --out-of-order.",
    ),
}


_NEED_NO_FILE = frozenset({"baseline", "undone"})


def compare(migrations: Sequence[Migration], rows: Sequence[LedgerRow]) -> Standing:
    """Put the folder and the ledger side by side."""
    files = {m.number: m for m in migrations}
    known = {row.number: row for row in rows}
    # A half-done migration counts: some of its effects are in the database.
    newest = max((row.number for row in rows if row.state != "undone"), default=-1)
    return Standing(
        tuple(
            _entry(files.get(number), known.get(number), newest)
            for number in sorted(files.keys() | known.keys())
        )
    )


def _entry(migration: Migration | None, row: LedgerRow | None, newest: int) -> Entry:
    named = migration or row
    assert named is not None  # noqa: S101 (each number comes from one of the two)
    return Entry(named.version, named.name, _state(migration, row, newest), migration, row)


def _state(migration: Migration | None, row: LedgerRow | None, newest: int) -> MigrationState:
    if migration is None:
        # A baseline stands for what was there before the files were; what is undone is not missed.
        return row.state if row is not None and row.state in _NEED_NO_FILE else "missing"
    if row is None or row.state == "undone":
        return "out_of_order" if migration.number < newest else "pending"
    if migration.checksum == row.checksum or _only_the_rest_differs(migration, row):
        return row.state
    return "edited"


def _only_the_rest_differs(migration: Migration, row: LedgerRow) -> bool:
    """Say whether a half-done file was corrected only behind what is done: that may go on."""
    if row.state != "partial":
        return False
    begun = migration_of(row.version, row.name, migration.path, row.sql_text)
    done = row.statements_done
    return migration.transaction == begun.transaction and (
        [s.text for s in migration.script.statements[:done]]
        == [s.text for s in begun.script.statements[:done]]
    )
