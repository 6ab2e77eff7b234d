"""LOCK TABLE keeps others out until the migration ends."""

from collections.abc import Iterator

from vado.risks.model import Finding, Lock, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject

# PostgreSQL numbers its locks; from SHARE on writers wait.
_NAMES: dict[int, Lock] = {
    5: "SHARE",
    6: "SHARE ROW EXCLUSIVE",
    7: "EXCLUSIVE",
    8: "ACCESS EXCLUSIVE",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find locks that make readers or writers wait."""
    lock = _NAMES.get(subject.node.number("mode"))
    tables = subject.node.nodes("relations")
    for index, table in enumerate(tables):
        known = subject.known.table(table)
        if lock is not None and not known.new:
            part = index if len(tables) > 1 else None
            name = quoted(*relation(table))
            yield Finding("table", {"table": name}, part, rows=known.rows, lock=lock)


RULE = Rule("lock-table", "lock", "medium", ("LockStmt",), check)
