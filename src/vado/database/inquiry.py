"""Inquiries: questions in steps, each of which depends on the answers to the one before.

Several are made together: what each of them asks next goes out in one round trip, so that all take
as many round trips as the longest.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import Any, TypeVar, cast

from vado.database.asking import Answer, Question
from vado.database.session import Session

Found = TypeVar("Found")

# It yields what it asks next, and goes on with the answers, all of which it takes.
Inquiry = Generator[Sequence[Question], Iterator[Answer], Found]


def ask(session: Session, inquiry: Inquiry[Found]) -> Found:
    """Make one inquiry and return what it found out."""
    return cast("Found", gather(session, inquiry)[0])


def gather(session: Session, *inquiries: Inquiry[Any]) -> list[Any]:
    """Make all *inquiries* together and return what they found out, in their order."""
    found: dict[Inquiry[Any], Any] = {}
    asked = dict(_steps(dict.fromkeys(inquiries), found))
    while asked:
        answers = iter(session.answers(*(each for step in asked.values() for each in step)))
        given = {one: iter([next(answers) for _ in step]) for one, step in asked.items()}
        asked = dict(_steps(given, found))
    return [found[inquiry] for inquiry in inquiries]


def _steps(
    given: dict[Inquiry[Any], Any], found: dict[Inquiry[Any], Any]
) -> Iterator[tuple[Inquiry[Any], Sequence[Question]]]:
    """Give each its answers; yield what those ask that have not come to their end."""
    for inquiry, answers in given.items():
        try:
            yield inquiry, inquiry.send(answers)
        except StopIteration as end:
            found[inquiry] = end.value
