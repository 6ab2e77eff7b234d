"""Splitting a text that does not parse as a whole.

Only tokens of PostgreSQL's own lexer are looked at, so strings, dollar quotes and comments never
mislead it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vado.sql.parser import Token, tokens
from vado.sql.refusals import COPY_FROM_STDIN, META_COMMAND

_LINE_REST = re.compile(r"[^\r\n]*")
_COPY_DATA = re.compile(r"[ \t]*\r?\n(?:(?!\\\.)[^\n]*\n)*\\\.[^\r\n]*")
_OPENS_SOMETHING = re.compile(r"['\"$]|/\*")
_MAX_PASSES = 50
_OPENERS = frozenset({"ASCII_40", "ASCII_91"})
_CLOSERS = frozenset({"ASCII_41", "ASCII_93"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two semicolons (the closing one included)."""

    text: str
    start: int


def mask_foreign(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Blank out psql's own lines and copy data; return the text and (reason, offset) of each.

    Lengths stay the same, so that every later position is still right.
    """
    found: list[tuple[str, int]] = []
    for _ in range(_MAX_PASSES):
        spans = list(_foreign_spans(text))
        if not spans:
            break
        for reason, start, shown, end in spans:
            found.append((reason, shown))
            blank = re.sub(r"[^\r\n]", " ", text[start:end])
            text = text[:start] + blank + text[end:]
    return text, found


def _foreign_spans(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield (reason, start of what is blanked, place to show, end) from left to right."""
    beginning: Token | None = None
    seen: list[str] = []
    last_end = 0
    for token in tokens(text)[0]:
        if token.start < last_end or token.name in {"SQL_COMMENT", "C_COMMENT"}:
            continue
        if token.name == "ASCII_92":
            end = _end_of_line(text, token.start)
            yield META_COMMAND, token.start, token.start, end
            if _OPENS_SOMETHING.search(text, token.start, end):
                # The lexer was led astray by this line: read again once it is blanked out.
                return
            last_end = end
        elif token.name == "ASCII_59":
            data = _COPY_DATA.match(text, token.end)
            if beginning is not None and data and _copies_from_stdin(seen):
                yield COPY_FROM_STDIN, beginning.start, beginning.start, data.end()
                last_end = data.end()
            beginning, seen = None, []
        else:
            beginning = beginning or token
            seen.append(token.name)


def _copies_from_stdin(names: list[str]) -> bool:
    return names[:1] == ["COPY"] and "STDIN" in names


def _end_of_line(text: str, offset: int) -> int:
    match = _LINE_REST.match(text, offset)
    return match.end() if match else len(text)


def chunks(text: str) -> Iterator[Chunk]:
    """Split at semicolons that stand outside parentheses and `begin atomic ... end` bodies."""
    depth = _Depth()
    start = 0
    found, failure = tokens(text)
    for token in found:
        depth.see(token)
        if token.name == "ASCII_59" and depth.outside:
            yield Chunk(text[start : token.end], start)
            start = token.end
            depth = _Depth()
    end = len(text) if failure is None else failure.offset
    # What the lexer could not read is reported as its failure, not parsed again.
    if failure is None and text[start:end].strip():
        yield Chunk(text[start:end], start)


class _Depth:
    """Counts parentheses and the nesting of SQL-standard function bodies."""

    def __init__(self) -> None:
        self._parentheses = 0
        self._bodies = 0
        self._previous = ""

    def see(self, token: Token) -> None:
        if token.name in _OPENERS:
            self._parentheses += 1
        elif token.name in _CLOSERS:
            self._parentheses = max(self._parentheses - 1, 0)
        elif (token.name == "ATOMIC" and self._previous == "BEGIN_P") or (
            self._bodies and token.name == "CASE"
        ):
            self._bodies += 1
        elif self._bodies and token.name == "END_P":
            self._bodies -= 1
        self._previous = token.name

    def _opens_body(self, token: Token) -> bool:
        # Inside a body `case` also ends with `end`.
        if token.name == "CASE":
            return self._bodies > 0
        return token.name == "ATOMIC" and self._previous == "BEGIN_P"

    @property
    def outside(self) -> bool:
        return self._parentheses == 0 and self._bodies == 0
