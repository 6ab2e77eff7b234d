"""Where in a statement the culprit stands: the parts between its commas."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from vado.sql import Statement

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|--[^\r\n]*|/\*.*?\*/)
    | (?P<string>\$(?P<tag>[A-Za-z_\x80-\uffff]?[\w]*)\$.*?\$(?P=tag)\$
        | [eE]'[^'\\]*(?:(?:''|\\.)[^'\\]*)*'
        | (?:[uU]&|[bBxXnN])?'[^']*(?:''[^']*)*')
    | (?P<word>(?:[uU]&)?"[^"]*(?:""[^"]*)*"|[\w$]+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_OPTIONAL = frozenset({"if", "exists", "only", "concurrently", "table", "*"})
_KINDS = frozenset({"materialized", "foreign", "event", "access", "text", "search", "operator"})
_TRAILING = frozenset({"cascade", "restrict", "restart", "continue", "identity"})


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a script; 1-based characters, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


# A tuple takes half the time of a frozen dataclass, and a large plan has tens of thousands.
class Word(NamedTuple):
    """A word or sign of a statement, in lower case, and where it stands in the statement."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words and signs of a statement, without spaces and comments."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield Word(match[0].lower(), match.start(), match.end())


# Several risks of one statement ask for its parts one after the other.
@lru_cache(4)
def parts(text: str) -> list[list[Word]]:
    """Return what stands between the outermost commas of a statement; nobody may change it."""
    found: list[list[Word]] = [[]]
    depth = 0
    for word in words(text):
        depth += (word.text in {"(", "["}) - (word.text in {")", "]"})
        if word.text == "," and depth == 0:
            found.append([])
        else:
            found[-1].append(word)
    return found


def place_of(statement: Statement, part: int | None, total: int) -> Place:
    """Return the place of one of *total* parts, or of the whole statement."""
    start, end = 0, len(statement.text)
    if part is not None and (span := _span(statement, part, total)):
        start, end = span
    return Place(*_at(statement, start), *_at(statement, end))


def place_between(statement: Statement, start: int, end: int) -> Place:
    """Return the place of a stretch of a statement's text."""
    return Place(*_at(statement, start), *_at(statement, end))


def part_text(statement: Statement, part: int, total: int) -> str:
    """Return the source of one of *total* parts; the whole statement when they do not match."""
    span = _span(statement, part, total)
    return statement.text[span[0] : span[1]] if span else statement.text


def _span(statement: Statement, part: int, total: int) -> tuple[int, int] | None:
    found = parts(statement.text)
    if len(found) != total:
        return None
    chosen = found[part]
    if part == 0:
        chosen = _past_header(chosen)
    while len(chosen) > 1 and chosen[-1].text in _TRAILING and statement.node.kind != _ALTER:
        chosen = chosen[:-1]
    return (chosen[0].start, chosen[-1].end) if chosen else None


_ALTER = "AlterTableStmt"


def _past_header(found: list[Word]) -> list[Word]:
    """Drop the words before the first command or object: `alter table if exists only a.b`."""
    at = 1
    verb = found[0].text
    while verb != "truncate" and at < len(found) and found[at].text in _KINDS:
        at += 1
    at += verb != "truncate"
    while at < len(found) and found[at].text in _OPTIONAL:
        at += 1
    if verb == "alter":
        at += 1
        while at + 1 < len(found) and found[at].text == ".":
            at += 2
        at += at < len(found) and found[at].text == "*"
    return found[at:]


def _at(statement: Statement, relative: int) -> tuple[int, int]:
    ends = list(_LINE_END.finditer(statement.text, 0, relative))
    if not ends:
        return statement.line, statement.column + relative
    return statement.line + len(ends), relative - ends[-1].end() + 1
