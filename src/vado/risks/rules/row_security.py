"""Row security on hides rows from those without a policy, off it shows all rows to everyone."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject

_VARIANTS = {
    "AT_EnableRowSecurity": "enable",
    "AT_DisableRowSecurity": "disable",
    "AT_ForceRowSecurity": "force",
    "AT_NoForceRowSecurity": "no_force",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find the four switches."""
    variant = _VARIANTS[subject.command.enum("subtype")] if subject.command is not None else ""
    opens = variant in {"disable", "no_force"}
    yield Finding(variant, {"table": subject.name}, level="high" if opens else None)


RULE = Rule("row-security", "access", "medium", tuple(_VARIANTS), check)
