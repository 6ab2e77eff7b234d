"""What a statement does while it runs: the locks it takes, what it rewrites, scans and builds.

Locks stand in pg_locks until the transaction ends. The rest PostgreSQL tells by itself, in messages
of the level DEBUG1, which are the same in every language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from vado.database import Notice, load_queries
from vado.preview.copies import Copy
from vado.schema import Catalogue, plain_parts

_QUERIES = load_queries("vado.preview")

Work = Literal["rewrite", "scan", "build"]

# From the weakest to the strongest, with what other sessions cannot do meanwhile.
_MODES: Mapping[str, str | None] = {
    "ACCESS SHARE": None,
    "ROW SHARE": None,
    "ROW EXCLUSIVE": None,
    "SHARE UPDATE EXCLUSIVE": "schema_changes",
    "SHARE": "writes",
    "SHARE ROW EXCLUSIVE": "writes",
    "EXCLUSIVE": "writes",
    "ACCESS EXCLUSIVE": "reads_and_writes",
}
_STRENGTH = {mode: strength for strength, mode in enumerate(_MODES)}
_TOLD = {
    "rewrites": re.compile(r'rewriting table "(.+)"'),
    "scans": re.compile(r'verifying table "(.+)"|validating foreign key constraint "(.+)"'),
    "builds": re.compile(r'building index "(.+?)" on table ".+'),
    "proven": re.compile(r'existing constraints on column "(.+)" are sufficient .+'),
}
_WORK: Mapping[Work, re.Pattern[str]] = {
    "rewrite": _TOLD["rewrites"],
    "scan": re.compile(r'verifying table "(.+)"'),
    "build": re.compile(r'building index ".+?" on table "(.+)" .+'),
}
_SAID = frozenset({"NOTICE", "WARNING"})
_MOST_NOTICES = 20
_RELATIONS = ("table", "foreign_table", "view", "materialized_view", "sequence", "index")


@dataclass(frozen=True, slots=True)
class HeldLock:
    """A lock on something that was there before the plan; `blocks` is None where nobody waits."""

    identity: str
    mode: str
    blocks: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows of tables that were read and written, and bytes of the write-ahead log.

    What others on the server wrote meanwhile is among the bytes.
    """

    rows_read: int
    rows_written: int
    wal_bytes: int

    def since(self, begun: "Counted") -> "Counted":
        """Return what came on top of *begun*."""
        return Counted(
            self.rows_read - begun.rows_read,
            self.rows_written - begun.rows_written,
            self.wal_bytes - begun.wal_bytes,
        )


_NOTHING = Counted(0, 0, 0)


@dataclass(frozen=True, slots=True)
class TableWork:
    """A table that a statement rewrites, reads wholly, or builds an index of."""

    kind: Work
    table: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What one statement did. `locks` is None outside a transaction, where none is left to see.

    `counted` is None there, too, and on a copy without rows. `work` is what takes time, and on
    which of the tables that were there before the plan.
    `scans` names tables and foreign keys that were read wholly to be checked, `proven` columns that
    needed no scan; `notices` is what the statement said to whoever ran it.
    """

    locks: tuple[HeldLock, ...] | None
    rewrites: tuple[str, ...]
    scans: tuple[str, ...]
    builds: tuple[str, ...]
    proven: tuple[str, ...]
    notices: tuple[str, ...]
    counted: Counted | None = None
    work: tuple[TableWork, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as plans show it."""
        return asdict(self)


class Tracer:
    """Traces the statements of one session on a copy."""

    def __init__(self, copy: Copy, before: Catalogue) -> None:
        self._session = copy.session
        self._counts = copy.has_rows
        self._known = {o.oid: o.identity for o in before.of_kind(*_RELATIONS) if o.subid == 0}
        self._held: dict[int, str] = {}
        self._counted = _NOTHING

    def begin(self) -> None:
        """Begin a transaction, or a statement by itself: nothing is held yet."""
        self._held = {}
        self._session.rows(_QUERIES["tell_all"])
        self._counted = self._count()

    def before(self) -> None:
        """Forget what was said until now."""
        self._session.notices.clear()

    def after(self, *, in_transaction: bool) -> Trace:
        """Return what the statement did that ran since."""
        notices = tuple(self._session.notices)
        locks = tuple(self._taken()) if in_transaction else None
        said = [n.message for n in notices if n.severity in _SAID]
        begun, self._counted = self._counted, self._count()
        return Trace(
            locks=locks,
            counted=self._counted.since(begun) if self._counts and in_transaction else None,
            **{name: tuple(_named(told, notices)) for name, told in _TOLD.items()},
            notices=tuple(said[:_MOST_NOTICES]),
            work=tuple(self._work(notices)),
        )

    def _work(self, notices: Sequence[Notice]) -> Iterator[TableWork]:
        """Give what was done to which table; the server names tables without their schema."""
        held = {self._known[oid] for oid in self._held if oid in self._known}
        for kind, told in _WORK.items():
            for name in _named(told, notices):
                # Outside a transaction nothing is held any more: then the only table of that name.
                same = [i for i in held or self._known.values() if plain_parts(i)[-1] == name]
                if len(same) == 1:
                    yield TableWork(kind, same[0])

    def _count(self) -> "Counted":
        if not self._counts:
            return _NOTHING
        return Counted(**(self._session.row(_QUERIES["rows_touched"]) or {}))

    def _taken(self) -> Iterator[HeldLock]:
        """Give the locks that are stronger than what the transaction held already."""
        held: dict[int, str] = {}
        for row in self._session.rows(_QUERIES["locks"]):
            mode = _spelled(row["mode"])
            held[row["oid"]] = max(mode, held.get(row["oid"], mode), key=_STRENGTH.__getitem__)
        for oid, mode in held.items():
            identity, before = self._known.get(oid), self._held.get(oid)
            stronger = before is None or _STRENGTH[mode] > _STRENGTH[before]
            if identity is not None and stronger and mode != "ACCESS SHARE":
                yield HeldLock(identity, mode, _MODES[mode])
        self._held = held


def _spelled(mode: str) -> str:
    """Return "AccessExclusiveLock" as SQL writes it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", mode.removesuffix("Lock")).upper()


def _named(told: re.Pattern[str], notices: Iterable[Notice]) -> Iterator[str]:
    found = (told.fullmatch(notice.message) for notice in notices)
    yield from dict.fromkeys(next(filter(None, match.groups())) for match in found if match)
