"""DROP INDEX waits for everyone who uses the table, and queries lose the index."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject
from vado.risks.tables import Table


def check(subject: Subject) -> Iterator[Finding]:
    """Find indexes of tables that the plan did not create."""
    concurrently = subject.node.flag("concurrent")
    for part, name in subject.objects():
        table = subject.known.index_table(name)
        index = table.indexes.get(name[-1]) if table is not None else None
        if _harmless(subject, table, new=index is not None and index.new):
            continue
        params = {"index": quoted(*name), "table": table.name if table is not None else ""}
        if index is not None and index.unique:
            yield Finding("unique", params, part, category="integrity")
        elif not concurrently:
            yield Finding("index", params, part)


def _harmless(subject: Subject, table: Table | None, *, new: bool) -> bool:
    if table is None:
        # The catalogue knows all indexes, so this one does not exist.
        return subject.known.facts.catalogue is not None and subject.node.flag("missing_ok")
    return new or table.new


RULE = Rule(
    "drop-index", "lock", "medium", ("DropStmt.OBJECT_INDEX",), check, lock="ACCESS EXCLUSIVE"
)
