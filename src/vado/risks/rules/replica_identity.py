"""How a subscriber learns which row was changed: by a key, by the whole row, or not at all."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find identities without a key: whole rows, or nothing."""
    match subject.definition.text("identity_type"):
        case "n":
            yield Finding("nothing", {"table": subject.name})
        case "f":
            yield Finding("full", {"table": subject.name}, level="low")
        case _:
            return


RULE = Rule(
    "replica-identity",
    "compatibility",
    "medium",
    ("AT_ReplicaIdentity",),
    check,
    lock="ACCESS EXCLUSIVE",
)
