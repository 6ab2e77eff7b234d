"""CREATE INDEX stops all writes to the table until the index is built."""

from collections.abc import Iterator

from vado.risks.definitions import with_word_after
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find indexes without CONCURRENTLY; ON ONLY a partitioned table builds nothing."""
    target = subject.target
    if subject.node.flag("concurrent") or target is None or not target.flag("inh"):
        return
    params = {
        "table": subject.name,
        "index": quoted(subject.node.text("idxname")),
        "statement": with_word_after(subject.statement.text, "index", "concurrently"),
    }
    variant = "partitioned" if subject.table.partitioned else "index"
    yield Finding(variant, params, rows=subject.table.rows)


RULE = Rule("create-index-not-concurrently", "lock", "high", ("IndexStmt",), check, lock="SHARE")
