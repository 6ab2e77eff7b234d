"""Roles belong to the whole server: what changes here changes in every database."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, role_name
from vado.risks.subject import Subject
from vado.sql import Node

_POWERS = frozenset({"superuser", "bypassrls", "createrole", "isreplication"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find roles altered or dropped, and any that get a power over the whole server."""
    node = subject.node
    if node.kind == "DropRoleStmt":
        names = ", ".join(role_name(role) for role in node.nodes("roles"))
        yield Finding("drop", {"role": names})
        return
    role = node.node("role")
    name = role_name(role) if role is not None else quoted(node.text("role"))
    if _gives_power(node):
        yield Finding("power", {"role": name}, level="high")
    elif node.kind in {"AlterRoleStmt", "AlterRoleSetStmt"}:
        yield Finding("alter", {"role": name})


def _gives_power(node: Node) -> bool:
    for option in node.nodes("options"):
        value = option.node("arg")
        if option.text("defname") in _POWERS and value is not None and value.flag("boolval"):
            return True
    return False


RULE = Rule(
    "change-role",
    "access",
    "medium",
    ("CreateRoleStmt", "AlterRoleStmt", "AlterRoleSetStmt", "DropRoleStmt"),
    check,
)
