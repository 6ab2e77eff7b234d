"""Without the constraint wrong rows can come in."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject
from vado.risks.tables import Constraint, Table

_VARIANTS = {
    "CONSTR_FOREIGN": "foreign_key",
    "CONSTR_PRIMARY": "primary_key",
    "CONSTR_UNIQUE": "unique",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find constraints that the plan did not add; a check for a NOT NULL that holds is spared."""
    if subject.node.kind == "AlterDomainStmt":
        yield from _domain(subject)
        return
    table = subject.table
    constraint = table.constraints.get(subject.column)
    if constraint is None:
        if not (table.present and subject.command and subject.command.flag("missing_ok")):
            yield from _finding(subject, "constraint")
    elif constraint.added_in is None and not _only_proved_not_null(table, constraint):
        yield from _finding(subject, _VARIANTS.get(constraint.kind, "constraint"))


def _domain(subject: Subject) -> Iterator[Finding]:
    name = subject.node.names("typeName")
    dropped = subject.node.text("subtype") in {"X", "N"}
    if dropped and not subject.known.created("OBJECT_TYPE", name):
        constraint = quoted(subject.node.text("name")) or "not null"
        yield Finding("domain", {"domain": quoted(*name), "constraint": constraint})


def _finding(subject: Subject, variant: str) -> Iterator[Finding]:
    params = {"table": subject.name, "constraint": quoted(subject.column)}
    if subject.later.creates("OBJECT_TABCONSTRAINT", subject.column) or _added_beside(subject):
        yield Finding("replaced", params, level="low")
    else:
        yield Finding(variant, params)


def _added_beside(subject: Subject) -> bool:
    """Say whether the same ALTER TABLE adds a constraint of that name."""
    definitions = (command.node("def") for command in subject.node.nodes("cmds"))
    return any(
        node is not None and node.kind == "Constraint" and node.text("conname") == subject.column
        for node in definitions
    )


def _only_proved_not_null(table: Table, constraint: Constraint) -> bool:
    """Say whether dropping it is the last step of the safe SET NOT NULL."""
    expression = constraint.node.node("raw_expr") if constraint.node is not None else None
    return (
        constraint.kind == "CONSTR_CHECK"
        and expression is not None
        and expression.kind == "NullTest"
        and any(
            column.not_null and constraint.proves_not_null(name)
            for name, column in table.columns.items()
        )
    )


RULE = Rule(
    "drop-constraint",
    "integrity",
    "medium",
    ("AT_DropConstraint", "AlterDomainStmt"),
    check,
    lock="ACCESS EXCLUSIVE",
)
