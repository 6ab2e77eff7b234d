"""Turning another tool's text into what Vado runs, and its names into Vado's."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from vado.sql import parse_script

# Vado gives each migration its transaction, so the tool's own is taken off.
_TRANSACTION = re.compile(
    r"(?:begin|start\s+transaction|commit|end)\b[^;']*(?:;|\Z)", re.IGNORECASE
)
_EMPTY_LINES = re.compile(r"\n{3,}")
_STAMP = "%Y%m%d%H%M%S"
_STAMP_DIGITS = 14
# Before any time a tool could have written, so that what comes later stays later.
_SYNTHETIC = datetime(2000, 1, 1, tzinfo=UTC)


def without_transaction(text: str) -> str:
    """Take `begin` and `commit` out of a text; everything else stays as it is."""
    script = parse_script(text)
    spans = []
    for error in script.errors:
        match = _TRANSACTION.match(text, error.offset)
        if match and error.code == "refused_statement":
            spans.append(match.span())
    return _cut(text, spans)


def without_statements(text: str, unwanted: Callable[[str], object]) -> str:
    """Take the statements out of a text of which *unwanted* is true."""
    spans = [
        (s.offset, s.offset + len(s.text) + 1)
        for s in parse_script(text).statements
        if unwanted(s.text)
    ]
    return _cut(text, spans)


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return _EMPTY_LINES.sub("\n\n", text).strip()


def stamp_of(digits: str) -> int | None:
    """Return digits that are a time (14 digits, or milliseconds since 1970) as 14 digits."""
    try:
        if len(digits) == _STAMP_DIGITS:
            datetime.strptime(digits, _STAMP).replace(tzinfo=UTC)
            return int(digits)
        if len(digits) == _STAMP_DIGITS - 1:
            return stamp_at(datetime.fromtimestamp(int(digits) / 1000, UTC))
    except ValueError:
        pass
    return None


def stamp_at(moment: datetime) -> int:
    """Return a time as a version."""
    return int(moment.astimezone(UTC).strftime(_STAMP))


def rising(stamps: Iterable[int | None]) -> list[int]:
    """Return a version for each migration: its own time, else the second after the one before.

    The same files give the same versions on every machine and for every environment.
    """
    versions: list[int] = []
    last = _SYNTHETIC
    for stamp in stamps:
        own = None if stamp is None else datetime.strptime(str(stamp), _STAMP).replace(tzinfo=UTC)
        last = own if own is not None and own > last else last + timedelta(seconds=1)
        versions.append(stamp_at(last))
    return versions
