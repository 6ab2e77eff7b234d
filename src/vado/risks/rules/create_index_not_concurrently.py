"""CREATE INDEX stops all writes to the table until the index is built."""

from collections.abc import Iterator

from vado.risks.definitions import with_word_after
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find indexes without CONCURRENTLY; ON ONLY a partitioned table builds nothing."""
    if subject.node.flag("concurrent") or _builds_nothing(subject):
        return
    params = {
        "table": subject.name,
        "index": quoted(subject.node.text("idxname")),
        "statement": with_word_after(subject.statement.text, "index", "concurrently"),
    }
    variant = "partitioned" if subject.table.partitioned else "index"
    yield Finding(variant, params, rows=subject.table.rows)


def _builds_nothing(subject: Subject) -> bool:
    # Whoever writes ONLY means a partitioned table, unless the catalogue knows better.
    only = subject.target is not None and not subject.target.flag("inh")
    return only and (subject.table.partitioned or not subject.table.present)


RULE = Rule("create-index-not-concurrently", "lock", "high", ("IndexStmt",), check, lock="SHARE")
