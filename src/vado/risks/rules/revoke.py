"""A revoke takes away what running clients may need."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import role_name
from vado.risks.subject import Subject
from vado.sql import Node


def check(subject: Subject) -> Iterator[Finding]:
    """Find revoked privileges and roles."""
    node = subject.node
    if node.kind == "AlterDefaultPrivilegesStmt":
        action = node.node("action")
        if action is not None and not action.flag("is_grant"):
            yield from _finding("default", action, "grantees")
    elif not node.flag("is_grant"):
        field = "grantee_roles" if node.kind == "GrantRoleStmt" else "grantees"
        yield from _finding("role" if field == "grantee_roles" else "privileges", node, field)


def _finding(variant: str, node: Node, field: str) -> Iterator[Finding]:
    roles = ", ".join(role_name(role) for role in node.nodes(field))
    yield Finding(variant, {"roles": roles})


RULE = Rule(
    "revoke",
    "access",
    "medium",
    ("GrantStmt", "GrantRoleStmt", "AlterDefaultPrivilegesStmt"),
    check,
)
