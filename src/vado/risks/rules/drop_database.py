"""Dropping a database deletes everything in it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find every DROP DATABASE."""
    name = subject.node.text("dbname")
    params = {"name": quoted(name), "unused": quoted(f"{name}_unused")}
    yield Finding("database", params)


RULE = Rule("drop-database", "data_loss", "critical", ("DropdbStmt",), check, destructive=True)
