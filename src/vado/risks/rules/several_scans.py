"""Each ALTER TABLE that reads a table reads it again; one with commas reads it once."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find the second and later ones of a migration that each read or write all rows."""
    table = subject.table
    scans = subject.known.scans.get((table.schema, table.name), set())
    if subject.statement.offset in scans and min(scans) < subject.statement.offset:
        yield Finding("table", {"table": subject.name, "count": len(scans)}, rows=table.rows)


RULE = Rule("several-scans", "lock", "low", ("AlterTableStmt",), check)
