"""Without its default a column is NULL where an insert does not name it, or the insert fails."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find DROP DEFAULT and DROP IDENTITY."""
    command = subject.command
    if command is None or command.has("def"):
        return
    column = subject.table.column(subject.column)
    # Nobody names a column yet that this plan added: NULL is fine, a refused insert is not.
    if column.new and not column.not_null:
        return
    identity = command.enum("subtype") == "AT_DropIdentity"
    params = {"table": subject.name, "column": quoted(subject.column)}
    yield Finding("identity" if identity else "default", params)


RULE = Rule(
    "drop-default",
    "compatibility",
    "medium",
    ("AT_ColumnDefault", "AT_DropIdentity"),
    check,
)
