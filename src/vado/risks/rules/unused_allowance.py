"""A comment that allows what no rule finds hides the next real risk at that place."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(_subject: Subject) -> Iterator[Finding]:
    """Find nothing: the judge knows what was used only when all the others have spoken."""
    yield from ()


RULE = Rule("unused-allowance", "integrity", "low", (), check)
