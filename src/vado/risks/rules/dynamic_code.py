"""SQL put together while it runs, and code in other languages, cannot be judged by reading."""

from collections.abc import Iterator

from vado.risks.embedded import HOLDERS, Unreadable
from vado.risks.model import Finding, Level, Rule
from vado.risks.subject import Subject

_LEVELS: dict[str, Level] = {"dynamic": "medium"}


def check(subject: Subject) -> Iterator[Finding]:
    """Find what is unknown in DO, CALL, and SELECT of functions that users wrote."""
    for part in subject.contents:
        if isinstance(part, Unreadable):
            level = _LEVELS.get(part.variant)
            yield Finding(part.variant, part.params, level=level, place=part.place)


RULE = Rule("dynamic-code", "integrity", "low", tuple(sorted(HOLDERS)), check)
