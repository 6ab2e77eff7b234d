"""The owner of an object may do everything with it, and others no longer may."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import object_name, quoted, role_name
from vado.risks.subject import Subject
from vado.sql import Node


def check(subject: Subject) -> Iterator[Finding]:
    """Find OWNER TO and REASSIGN OWNED."""
    node = subject.node
    if node.kind == "ReassignOwnedStmt":
        roles = ", ".join(role_name(role) for role in node.nodes("roles"))
        yield Finding("all", {"name": roles, "role": _owner(node.node("newrole"))})
    elif node.kind == "AlterOwnerStmt":
        named = node.node("object")
        name = quoted(*object_name(named)) if named is not None else ""
        yield Finding("object", {"name": name, "role": _owner(node.node("newowner"))})
    elif subject.command is not None:
        owner = _owner(subject.command.node("newowner"))
        yield Finding("object", {"name": subject.name, "role": owner})


def _owner(node: Node | None) -> str:
    return role_name(node) if node is not None else ""


RULE = Rule(
    "change-owner",
    "access",
    "medium",
    ("AT_ChangeOwner", "AlterOwnerStmt", "ReassignOwnedStmt"),
    check,
)
