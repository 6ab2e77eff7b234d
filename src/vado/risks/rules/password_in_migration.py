"""A password in a migration stays in the repository and in the ledger for ever."""

import re
from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject
from vado.sql import Node

_CONNECTION = re.compile(r"(?:\bpassword\s*=|://[^/@\s:]+:[^/@\s]+@)", re.IGNORECASE)
_OPTIONS = frozenset({"password", "passwd", "pwd"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find passwords of roles, of user mappings and in connection strings."""
    node = subject.node
    if any(_is_password(option) for option in node.nodes("options")):
        yield Finding("password")
    elif _CONNECTION.search(node.text("conninfo")):
        yield Finding("connection")


def _is_password(option: Node) -> bool:
    value = option.node("arg")
    return option.text("defname").lower() in _OPTIONS and value is not None


RULE = Rule(
    "password-in-migration",
    "access",
    "high",
    (
        "CreateRoleStmt",
        "AlterRoleStmt",
        "CreateUserMappingStmt",
        "AlterUserMappingStmt",
        "CreateForeignServerStmt",
        "AlterForeignServerStmt",
        "CreateSubscriptionStmt",
        "AlterSubscriptionStmt",
    ),
    check,
)
