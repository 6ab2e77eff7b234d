"""The only file that knows the parser: PostgreSQL's own, through libpg_query.

The tree is taken as JSON, not as protobuf: protobuf refuses trees deeper than 100 messages, which
a sum of fifty terms already is, and plain dictionaries are walked three times as quickly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from postgast import PgQueryError, pg_query_pb2, scan
from postgast.native import lib

from vado.sql.depth import TooDeep, chains_too_long, read_json

JUNK = "JUNK"
_FIRST_PART = 4_096
_LARGEST_PART = 1_048_576
_JUNK_TEXT = re.compile(r"[eE]'(?:[^'\\]|\\.|'')*'|[\w$.]+|.", re.DOTALL)
_LONGEST_MESSAGE = 300
_TOO_DEEP = "nested too deeply to be analysed"


class ParseFailure(Exception):
    """The parser gave up at a place (0-based characters)."""

    def __init__(self, message: str, offset: int, *, too_deep: bool = False) -> None:
        super().__init__(message)
        # An open quote is reported with all that follows it, which may be the whole file.
        long = len(message) > _LONGEST_MESSAGE
        self.message = message[:_LONGEST_MESSAGE] + "..." if long else message
        self.offset = offset
        self.too_deep = too_deep

    def at(self, offset: int) -> "ParseFailure":
        """Return the same failure at another place."""
        return ParseFailure(self.message, offset, too_deep=self.too_deep)


@dataclass(frozen=True, slots=True)
class RawStatement:
    """A parsed statement and where its region of the text begins and ends (characters)."""

    kind: str
    fields: dict[str, Any]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A lexical token (characters); `name` as in PostgreSQL's grammar, `;` is ASCII_59."""

    name: str
    start: int
    end: int


class ByteOffsets:
    """Turns the parser's byte offsets into character offsets, given in rising order or not."""

    def __init__(self, text: str) -> None:
        self._encoded = text.encode()
        self._ascii = len(self._encoded) == len(text)
        self._byte = 0
        self._character = 0

    def characters(self, byte: int) -> int:
        """Return the character offset of *byte*."""
        if self._ascii:
            return byte
        if byte < self._byte:
            self._byte = self._character = 0
        # Counted on from the last place: counting from the start each time would be quadratic.
        self._character += len(self._encoded[self._byte : byte].decode(errors="ignore"))
        self._byte = byte
        return self._character


def parse(text: str) -> list[RawStatement]:
    """Parse *text*; raises ParseFailure at the first thing PostgreSQL would not read."""
    if chains_too_long(text):
        raise ParseFailure(_TOO_DEEP, 0, too_deep=True)
    result = lib.pg_query_parse(text.encode())
    try:
        if result.error:
            raise _failure(result.error.contents)
        tree = read_json(result.parse_tree.decode())
    except TooDeep:
        raise ParseFailure(_TOO_DEEP, 0, too_deep=True) from None
    finally:
        lib.pg_query_free_parse_result(result)
    offsets = ByteOffsets(text)
    return [_raw(entry, offsets, len(text)) for entry in tree.get("stmts", ())]


def _failure(error: Any) -> ParseFailure:  # noqa: ANN401 (a C structure)
    message = error.message.decode(errors="replace")
    # What the grammar says when its own stack is full.
    if message.startswith("memory exhausted"):
        return ParseFailure(_TOO_DEEP, 0, too_deep=True)
    return ParseFailure(message, max(error.cursorpos - 1, 0))


def _raw(entry: dict[str, Any], offsets: ByteOffsets, total: int) -> RawStatement:
    [(kind, fields)] = entry["stmt"].items()
    start = entry.get("stmt_location", 0)
    length = entry.get("stmt_len", 0)
    first = offsets.characters(start)
    return RawStatement(
        kind, fields, first, offsets.characters(start + length) if length else total
    )


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of *text* from *start* on, comments too, one part of the text at a time.

    What the lexer refuses is a token called JUNK, and the rest is read all the same, unless a quote
    or a comment is never closed: then JUNK is the whole rest. Reading in parts lets a reader begin
    again behind what is no SQL at no more than the price of one part.
    """
    size = _FIRST_PART
    while start < len(text):
        part = text[start : start + size]
        complete = start + size >= len(text)
        found, read = _tokens_of_part(part, complete=complete)
        for token in found:
            yield Token(token.name, start + token.start, start + token.end)
        start += read
        size = min(size * 2, _LARGEST_PART) if read else size * 2


def _tokens_of_part(part: str, *, complete: bool) -> tuple[list[Token], int]:
    """Return the tokens that certainly end inside *part*, and how many characters they take."""
    found, failure = _lexed(part)
    if failure is not None:
        start = max(failure.offset, found[-1].end if found else 0)
        end = len(part) if failure.message.startswith("unterminated") else _end_of_junk(part, start)
        if complete or end < len(part):
            return [*found, Token(JUNK, start, end)], end
        return found, start
    if complete:
        return found, len(part)
    # The cut may have gone through the last token, or through a run that is one token (`$a$`).
    last = len(found) - 1
    while last > 0 and found[last - 1].end == found[last].start:
        last -= 1
    kept = found[: max(last, 0)]
    return kept, kept[-1].end if kept else 0


def _end_of_junk(part: str, start: int) -> int:
    match = _JUNK_TEXT.match(part, start)
    return match.end() if match else len(part)


def _lexed(part: str) -> tuple[list[Token], ParseFailure | None]:
    """Return the tokens before the first one that the lexer refuses, and its refusal."""
    first: ParseFailure | None = None
    end = len(part)
    while True:
        try:
            found = _scan(part[:end])
        except PgQueryError as error:
            # A broken escape is refused at its own place, inside the string: go on to its start.
            end = min(max(error.cursorpos - 1, 0), max(end - 1, 0))
            first = ParseFailure(error.message, end) if first is None else first.at(end)
        else:
            return found, first


def _scan(text: str) -> list[Token]:
    offsets = ByteOffsets(text)
    return [
        Token(_token_name(t.token), offsets.characters(t.start), offsets.characters(t.end))
        for t in scan(text).tokens
    ]


@cache
def _token_name(number: int) -> str:
    # A character that means nothing in SQL, such as `{`, is a token without a name.
    known: dict[int, str] = {value: name for name, value in pg_query_pb2.Token.items()}
    return known.get(number, f"ASCII_{number}")
