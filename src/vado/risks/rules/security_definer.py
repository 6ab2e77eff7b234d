"""A SECURITY DEFINER function without a fixed search_path can be made to run a stranger's code."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import object_name, quoted
from vado.risks.subject import Subject
from vado.sql import Node


def check(subject: Subject) -> Iterator[Finding]:
    """Find functions with their owner's rights that look names up along the caller's path."""
    options = subject.node.nodes("options") or subject.node.nodes("actions")
    definer = any(_is_definer(option) for option in options)
    if definer and not any(_sets_path(option) for option in options):
        function = subject.node.node("func")
        name = subject.node.names("funcname") or (object_name(function) if function else ())
        yield Finding("function", {"function": quoted(*name)})


def _is_definer(option: Node) -> bool:
    value = option.node("arg")
    return option.text("defname") == "security" and value is not None and value.flag("boolval")


def _sets_path(option: Node) -> bool:
    value = option.node("arg")
    return (
        option.text("defname") == "set"
        and value is not None
        and (value.text("name") == "search_path")
    )


RULE = Rule(
    "security-definer", "access", "medium", ("CreateFunctionStmt", "AlterFunctionStmt"), check
)
