"""Without a limit one waiting statement makes every later reader wait behind it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject
from vado.sql import Node


def check(subject: Subject) -> Iterator[Finding]:
    """Find the limit on waiting for locks set to nothing."""
    name = subject.node.text("name").lower()
    if name != "lock_timeout":
        return
    default = subject.node.enum("kind") in {"VAR_SET_DEFAULT", "VAR_RESET"}
    if default or any(_is_zero(constant) for constant in subject.node.nodes("args")):
        yield Finding("lock_timeout", {"setting": name})


def _is_zero(constant: Node) -> bool:
    number, text = constant.node("ival"), constant.node("sval")
    if number is not None:
        return number.number("ival") == 0
    return text is not None and text.text("sval").strip(" smind") == "0"


RULE = Rule("unlimited-wait", "lock", "medium", ("VariableSetStmt",), check)
