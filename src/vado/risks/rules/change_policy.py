"""A policy decides who sees and changes which rows."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find policies created, changed or dropped on tables that the plan did not create."""
    node = subject.node
    if node.kind == "DropStmt":
        for part, name in subject.objects():
            if not subject.known.created("OBJECT_POLICY", name):
                params = {"policy": quoted(name[-1]), "table": quoted(*name[:-1])}
                yield Finding("drop", params, part)
        return
    table = node.node("table")
    if not subject.known.table(table).new:
        params = {"policy": quoted(node.text("policy_name")), "table": quoted(*relation(table))}
        created = node.kind == "CreatePolicyStmt"
        yield Finding("create" if created else "alter", params, level="low" if created else None)


RULE = Rule(
    "change-policy",
    "access",
    "medium",
    ("CreatePolicyStmt", "AlterPolicyStmt", "DropStmt.OBJECT_POLICY"),
    check,
    lock="ACCESS EXCLUSIVE",
)
