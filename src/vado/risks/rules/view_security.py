"""The security options of a view decide whose rights it reads with, and what it lets through."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject

_OPTIONS = frozenset({"security_invoker", "security_barrier"})
_OFF = frozenset({"false", "off", "0", "no"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find the options switched on, off or reset; a view that is replaced loses what it had."""
    if subject.node.kind == "ViewStmt":
        yield from _replaced(subject)
        return
    for option in subject.definition.nodes("items"):
        name, value = option.text("defname").lower(), option.node("arg")
        if name in _OPTIONS:
            reset = (
                subject.command is None or subject.command.enum("subtype") == "AT_ResetRelOptions"
            )
            off = reset or (value is not None and value.text("sval").lower() in _OFF)
            params = {"view": subject.name, "setting": name}
            yield Finding("off" if off else "on", params, level="high" if off else None)


def _replaced(subject: Subject) -> Iterator[Finding]:
    view = subject.known.table(subject.node.node("view"))
    given = {option.text("defname").lower() for option in subject.node.nodes("options")}
    name = quoted(*relation(subject.node.node("view")))
    for option in view.options:
        setting, _, value = option.partition("=")
        if setting in _OPTIONS - given and value not in _OFF:
            yield Finding("off", {"view": name, "setting": setting}, level="high")


RULE = Rule(
    "view-security",
    "access",
    "medium",
    ("AT_SetRelOptions", "AT_ResetRelOptions", "ViewStmt"),
    check,
)
