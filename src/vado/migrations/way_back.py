"""Taking back what a half-done migration did, statement by statement, as far as that is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from vado.migrations.down_match import mirrored, own_words
from vado.migrations.down_section import WITHOUT_TRACE, Made
from vado.migrations.files import Migration
from vado.migrations.inverse import Left, inverse_of
from vado.migrations.ledger import LedgerRow
from vado.migrations.traces import Remains
from vado.sql import Statement, parse_script

Code = Literal["down", "catalogue", "inverse", "goes_with", "nothing", "stays", "unknown"]
_CHANGES_ROWS = frozenset(
    {"copy_stmt", "delete_stmt", "insert_stmt", "merge_stmt", "truncate_stmt", "update_stmt"}
)
_WRITING = frozenset({"DeleteStmt", "InsertStmt", "MergeStmt", "UpdateStmt"})
# What they do stands in other texts; outside a transaction they may have committed a part of it.
_DYNAMIC = frozenset({"call_stmt", "do_stmt", "execute_stmt", "select_stmt"})
_DOES_MORE = frozenset({"FuncCall", "IntoClause", *_WRITING})
_DROPS = frozenset({"AT_DropColumn", "AT_DropConstraint", "AT_AlterColumnType"})
_MESSAGES = {
    "down": "the down section says how",
    "catalogue": "the catalogue shows what it made",
    "inverse": "the statement itself says what it made",
    "goes_with": "it goes with a table that this migration made",
    "nothing": "nothing of it stays",
    "if_not_exists": "it may have been there before, so it stays",
    "grant_or_comment": "it harms nothing, so it stays",
    "refreshed": "it only brought derived rows up to date, so it stays",
    "data": "it changed rows, and what they were before is not known",
    "enum_value": "PostgreSQL cannot take a value out of an enum",
    "dropped": "what it dropped or converted is gone",
    "replaced": "what stood there before is not known",
    "dynamic": "what it did stands in another text",
    "unseen_end": "nobody saw it end, and the catalogue cannot tell",
    "no_inverse": "no statement is known that takes it back",
}


@dataclass(frozen=True, slots=True)
class WayBack:
    """How what one statement did is taken back; `unknown` when that is not known."""

    code: Code
    sql: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def known(self) -> bool:
        """Whether it can be taken back, or needs not be."""
        return self.code != "unknown"

    @property
    def message(self) -> str:
        """The reason in English."""
        return _MESSAGES[self.reason or self.code]

    def to_json(self) -> dict[str, Any]:
        """Return it as the API shows it."""
        return {
            "code": self.code,
            "sql": list(self.sql),
            "reason": self.reason,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A statement that was begun, from 1, its place in the file, and its way back."""

    number: int
    line: int
    column: int
    state: str
    statement: str
    way_back: WayBack = field(default_factory=lambda: WayBack("nothing"))

    def to_json(self, version: str) -> dict[str, Any]:
        """Return it as plans show it."""
        return {
            "version": version,
            "number": self.number,
            "line": self.line,
            "state": self.state,
            "statement": self.statement,
            "way_back": self.way_back.to_json(),
        }


def taken_back(row: LedgerRow, kept: Migration) -> tuple[TakenBack, ...]:
    """Return each statement that was begun of *kept*, in the order of the file, with its way back.

    *kept* is the migration as the ledger keeps it.
    """
    statements = kept.script.statements
    done = row.statements_done
    undo = _Undo(kept, row.remains or Remains())
    found = [
        TakenBack(s.index + 1, s.line, s.column, "done", s.text, undo.of(s))
        for s in statements[:done]
    ]
    step = row.next_step
    if step is not None and step.statement and done < len(statements):
        at = statements[done]
        begun = _begun(step.statement, step.state, kept, row.remains or Remains())
        found.append(
            TakenBack(done + 1, at.line, at.column, step.state, step.statement, begun),
        )
    return tuple(found)


class _Undo:
    """Finds the way back of each statement that is done, with the whole migration in view."""

    def __init__(self, kept: Migration, remains: Remains) -> None:
        self._remains = remains
        down = kept.down or ""
        self._down: Sequence[Statement] = parse_script(down).statements if down.strip() else ()
        self._up = kept.script.statements
        self._made = Made()

    def of(self, statement: Statement) -> WayBack:
        found = self._found(statement)
        self._made.take(statement)
        return found

    def _found(self, statement: Statement) -> WayBack:
        if statement.kind in WITHOUT_TRACE or _only_reads(statement):
            return WayBack("nothing")
        if self._made.covers(statement):
            return WayBack("goes_with")
        known = self._remains.inverses.get(statement.index)
        if known is not None:
            return self._in_own_words(WayBack("catalogue" if known else "nothing", known))
        try:
            inverse = inverse_of(statement)
        except Left as left:
            return WayBack("stays", reason=left.code)
        if inverse is not None:
            return self._in_own_words(WayBack("inverse", (inverse.rstrip(";"),)))
        own = mirrored(statement.index, list(map(_inverse, self._up)), self._down)
        return WayBack("down", (own,)) if own else WayBack("unknown", reason=_reason(statement))

    def _in_own_words(self, way: WayBack) -> WayBack:
        """Prefer what the author wrote for the same thing."""
        own = own_words(way.sql[0], self._down) if len(way.sql) == 1 else None
        return WayBack("down", (own.text,)) if own else way


def _only_reads(statement: Statement) -> bool:
    if statement.kind != "select_stmt":
        return False
    return not any(node.kind in _DOES_MORE for node in statement.node.walk())


def _inverse(statement: Statement) -> str | None:
    try:
        return inverse_of(statement)
    except Left:
        return None


def _reason(statement: Statement) -> str:
    node = statement.node
    if statement.kind in _CHANGES_ROWS:
        return "data"
    if statement.kind in _DYNAMIC:
        return "dynamic"
    if statement.kind == "alter_enum_stmt":
        return "enum_value"
    if node.flag("replace"):
        return "replaced"
    dropped = any(command.enum("subtype") in _DROPS for command in node.nodes("cmds"))
    return "dropped" if dropped or statement.kind == "drop_stmt" else "no_inverse"


def _begun(text: str, state: str, kept: Migration, remains: Remains) -> WayBack:
    """Return the way back of the statement that was begun and is not done."""
    if remains.invalid:
        drops = (f"drop index concurrently if exists {name}" for name in remains.invalid)
        return WayBack("catalogue", tuple(drops))
    statements = parse_script(text).statements
    statement = statements[0] if len(statements) == 1 else None
    if statement is None:
        return WayBack("unknown", reason="unseen_end")
    alone = not statement.transactional or not kept.transaction
    if statement.kind in _DYNAMIC:
        # It may have committed a part of what it does before it failed, or was cut short.
        may_have = alone and statement.kind != "select_stmt"
        return WayBack("unknown", reason="unseen_end") if may_have else WayBack("nothing")
    if state == "failed" or statement.transactional or statement.kind in WITHOUT_TRACE:
        return WayBack("nothing")
    told = statement.kind in _TOLD_BY_CATALOGUE
    return WayBack("nothing") if told else WayBack("unknown", reason="unseen_end")


# Were they done, they would have been found done; see evidence.
_TOLD_BY_CATALOGUE = frozenset({"alter_table_stmt", "drop_stmt", "index_stmt"})


def statements_back(found: Sequence[TakenBack]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield what to run, last one first, with the place of what it takes back."""
    for item in reversed(found):
        for sql in item.way_back.sql:
            yield sql, (item.line, item.column)
