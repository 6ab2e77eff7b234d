"""Another tablespace or access method copies the whole table while nobody can use it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find SET TABLESPACE and SET ACCESS METHOD; a partitioned table has no file to copy."""
    if subject.node.kind == "AlterTableMoveAllStmt":
        name = quoted(subject.node.text("orig_tablespacename"))
        yield Finding("all", {"name": name})
    elif not subject.table.partitioned and subject.command is not None and not _has(subject):
        tablespace = subject.command.enum("subtype") == "AT_SetTableSpace"
        params = {"table": subject.name, "name": quoted(subject.column)}
        variant = "tablespace" if tablespace else "access_method"
        yield Finding(variant, params, rows=subject.table.rows)


def _has(subject: Subject) -> bool:
    """Say whether the table is known to have that access method already."""
    if subject.command is None or subject.command.enum("subtype") != "AT_SetAccessMethod":
        return False
    found = subject.known.facts.relation(subject.table.schema, subject.table.name)
    return found is not None and subject.column == (found.text("access_method") or "heap")


RULE = Rule(
    "set-tablespace",
    "rewrite",
    "high",
    ("AT_SetTableSpace", "AT_SetAccessMethod", "AlterTableMoveAllStmt"),
    check,
    lock="ACCESS EXCLUSIVE",
)
