"""A new constraint on a domain reads every table that uses it while nobody can write there."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject

_VARIANTS = {"C": "constraint", "O": "not_null", "V": "validate"}


def check(subject: Subject) -> Iterator[Finding]:
    """Find ADD without NOT VALID, SET NOT NULL and VALIDATE on domains the plan did not create."""
    node = subject.node
    variant = _VARIANTS.get(node.text("subtype"))
    definition = node.node("def")
    unchecked = definition is not None and definition.flag("skip_validation")
    name = node.names("typeName")
    if variant is None or unchecked or subject.known.created("OBJECT_TYPE", name):
        return
    if subject.known.used("domain", name):
        yield Finding(variant, {"domain": quoted(*name)})


RULE = Rule("change-domain", "lock", "high", ("AlterDomainStmt",), check, lock="SHARE")
