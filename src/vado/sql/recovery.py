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
_END_OF_DATA = re.compile(r"^\\\.[^\r\n]*", re.MULTILINE)
_NOT_LINE_END = re.compile(r"[^\r\n]")
_COMMENTS = frozenset({"SQL_COMMENT", "C_COMMENT"})
_OPENERS = frozenset({"ASCII_40", "ASCII_91"})
_CLOSERS = frozenset({"ASCII_41", "ASCII_93"})
_CREATE_OR_REPLACE_RULE = ["CREATE", "OR", "REPLACE", "RULE"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two semicolons (the closing one included)."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Foreign:
    """A part of a text that is not SQL, why, and the place to show."""

    reason: str
    shown: int
    start: int
    end: int


def mask_foreign(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Blank out psql's own lines and copy data; return the text and (reason, offset) of each.

    Lengths stay the same, so that every later position is still right.
    """
    pieces: list[str] = []
    found: list[tuple[str, int]] = []
    read = 0
    # Begun again behind each, because a quote in a foreign line would lead the lexer astray.
    while (foreign := _next_foreign(text, read)) is not None:
        pieces.append(text[read : foreign.start])
        pieces.append(_NOT_LINE_END.sub(" ", text[foreign.start : foreign.end]))
        found.append((foreign.reason, foreign.shown))
        read = foreign.end
    return "".join((*pieces, text[read:])), found


def comments(text: str) -> Iterator[tuple[str, int]]:
    """Yield each comment of a text with its offset."""
    for token in tokens(text):
        if token.name in _COMMENTS:
            yield text[token.start : token.end], token.start


def _next_foreign(text: str, start: int) -> _Foreign | None:
    beginning: Token | None = None
    seen: list[str] = []
    for token in tokens(text, start):
        if token.name in _COMMENTS:
            continue
        if token.name == "ASCII_92":
            return _Foreign(META_COMMAND, token.start, token.start, _end_of_line(text, token.start))
        if token.name != "ASCII_59":
            beginning = beginning or token
            seen.append(token.name)
            continue
        if beginning is not None and _copies_from_stdin(seen):
            data = _END_OF_DATA.search(text, token.end)
            end = data.end() if data else token.end
            return _Foreign(COPY_FROM_STDIN, beginning.start, beginning.start, end)
        beginning, seen = None, []
    return None


def _copies_from_stdin(names: list[str]) -> bool:
    return names[0] == "COPY" and "FROM" in names and "STDIN" in names


def _end_of_line(text: str, offset: int) -> int:
    match = _LINE_REST.match(text, offset)
    return match.end() if match else len(text)


def chunks(text: str) -> Iterator[Chunk]:
    """Split at the semicolons that end a statement."""
    depth = _Depth()
    start = 0
    for token in tokens(text):
        depth.see(token)
        if token.name == "ASCII_59" and depth.outside:
            yield Chunk(text[start : token.end], start)
            start = token.end
            depth = _Depth()
    if text[start:].strip():
        yield Chunk(text[start:], start)


class _Depth:
    """Tells the semicolons inside a statement from the one that ends it.

    Only the list of a rule and the body of an SQL-standard function hold semicolons. Elsewhere one
    inside parentheses means that a parenthesis was forgotten, and must not hide what follows.
    """

    def __init__(self) -> None:
        self._first: list[str] = []
        self._parentheses = 0
        self._bodies = 0
        self._previous = ""

    def see(self, token: Token) -> None:
        if token.name in _COMMENTS:
            return
        if len(self._first) < len(_CREATE_OR_REPLACE_RULE):
            self._first.append(token.name)
        if token.name in _OPENERS:
            self._parentheses += 1
        elif token.name in _CLOSERS:
            self._parentheses = max(self._parentheses - 1, 0)
        elif self._opens_body(token):
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
        return self._bodies == 0 and (self._parentheses == 0 or not self._is_rule)

    @property
    def _is_rule(self) -> bool:
        return self._first[:2] == ["CREATE", "RULE"] or self._first == _CREATE_OR_REPLACE_RULE
