"""The security options of a view decide whose rights it reads with, and what it lets through."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject

_OPTIONS = frozenset({"security_invoker", "security_barrier"})
_OFF = frozenset({"false", "off", "0", "no"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find the options switched on, off or reset."""
    for option in subject.definition.nodes("items"):
        name, value = option.text("defname").lower(), option.node("arg")
        if name in _OPTIONS:
            reset = (
                subject.command is None or subject.command.enum("subtype") == "AT_ResetRelOptions"
            )
            off = reset or (value is not None and value.text("sval").lower() in _OFF)
            params = {"view": subject.name, "setting": name}
            yield Finding("off" if off else "on", params, level="high" if off else None)


RULE = Rule(
    "view-security",
    "access",
    "medium",
    ("AT_SetRelOptions", "AT_ResetRelOptions"),
    check,
)
