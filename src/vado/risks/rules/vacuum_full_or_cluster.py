"""VACUUM FULL and CLUSTER copy the whole table while nobody can use it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject
from vado.sql import Node


def check(subject: Subject) -> Iterator[Finding]:
    """Find both, for named tables or for all."""
    if subject.node.kind == "ClusterStmt":
        yield from _finding(subject, "cluster", subject.target)
    elif _is_full(subject.node):
        tables = subject.node.nodes("rels")
        for table in tables:
            yield from _finding(subject, "vacuum", table.node("relation"))
        if not tables:
            yield from _finding(subject, "vacuum", None)


def _is_full(node: Node) -> bool:
    values = [option for option in node.nodes("options") if option.text("defname") == "full"]
    arguments = (option.node("arg") for option in values)
    return bool(values) and not any(
        value is not None and value.text("sval") in {"false", "off"} for value in arguments
    )


def _finding(subject: Subject, variant: str, table: Node | None) -> Iterator[Finding]:
    if table is None:
        yield Finding("everything", {"command": variant})
    elif not subject.known.table(table).new:
        rows = subject.known.table(table).rows
        yield Finding(variant, {"table": quoted(*relation(table))}, rows=rows)


RULE = Rule(
    "vacuum-full-or-cluster",
    "rewrite",
    "high",
    ("VacuumStmt", "ClusterStmt"),
    check,
    lock="ACCESS EXCLUSIVE",
)
