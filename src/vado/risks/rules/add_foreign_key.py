"""A new foreign key reads both tables while nobody can write to either."""

from collections.abc import Iterator

from vado.risks.definitions import constraint_body
from vado.risks.known import constraint_of
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject
from vado.sql import Node

_NOT_VALID_ON_PARTITIONED_SINCE = 18


def check(subject: Subject) -> Iterator[Finding]:
    """Find foreign keys without NOT VALID; one on a new column is free unless it has a default."""
    if subject.definition.kind == "Constraint":
        if subject.definition.enum("contype") == "CONSTR_FOREIGN":
            yield from _constraint(subject, subject.definition)
        return
    kinds = {item.enum("contype") for item in subject.definition.nodes("constraints")}
    for constraint in subject.definition.nodes("constraints"):
        if constraint.enum("contype") == "CONSTR_FOREIGN" and "CONSTR_DEFAULT" in kinds:
            column = subject.definition.text("colname")
            params = {**_params(subject, constraint, column), "column": quoted(column)}
            # The column is added first, under the stronger lock.
            yield Finding("column", params, rows=subject.table.rows, lock="ACCESS EXCLUSIVE")


def _constraint(subject: Subject, node: Node) -> Iterator[Finding]:
    params = _params(subject, node, "")
    if not node.flag("skip_validation"):
        params["definition"] = constraint_body(subject.source)
        yield Finding("constraint", params, rows=_rows(subject, node))
    elif subject.table.partitioned and subject.version < _NOT_VALID_ON_PARTITIONED_SINCE:
        yield Finding("partitioned", params, level="medium", category="compatibility")


def _params(subject: Subject, node: Node, column: str) -> dict[str, str | int]:
    return {
        "table": subject.name,
        "referenced": quoted(*relation(node.node("pktable"))),
        "constraint": quoted(constraint_of(node, subject.table, column).name),
    }


def _rows(subject: Subject, node: Node) -> int | None:
    """Both tables are read and locked, so the larger one decides."""
    sizes = (subject.table.rows, subject.known.table(node.node("pktable")).rows)
    return None if None in sizes else max(size for size in sizes if size is not None)


RULE = Rule(
    "add-foreign-key",
    "lock",
    "high",
    ("AT_AddConstraint", "AT_AddColumn"),
    check,
    lock="SHARE ROW EXCLUSIVE",
)
