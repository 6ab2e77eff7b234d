"""A grant lets others do more."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import role_name
from vado.risks.subject import Subject
from vado.sql import Node


def check(subject: Subject) -> Iterator[Finding]:
    """Find grants of privileges and of roles; to PUBLIC they mean every role."""
    node = subject.node
    if node.kind == "AlterDefaultPrivilegesStmt":
        action = node.node("action")
        if action is not None and action.flag("is_grant"):
            yield from _finding("default", action, "grantees")
    elif node.flag("is_grant"):
        field = "grantee_roles" if node.kind == "GrantRoleStmt" else "grantees"
        yield from _finding("role" if field == "grantee_roles" else "privileges", node, field)


def _finding(variant: str, node: Node, field: str) -> Iterator[Finding]:
    roles = [role_name(role) for role in node.nodes(field)]
    params = {"roles": ", ".join(roles)}
    if "public" in roles:
        yield Finding("public", params, level="medium")
    else:
        yield Finding(variant, params)


RULE = Rule(
    "grant",
    "access",
    "low",
    ("GrantStmt", "GrantRoleStmt", "AlterDefaultPrivilegesStmt"),
    check,
)
