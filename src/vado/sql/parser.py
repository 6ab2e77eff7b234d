"""The only file that knows the parser: PostgreSQL's own, through libpg_query.

The tree is taken as JSON, not as protobuf: protobuf refuses trees deeper than 100 messages, which
a sum of fifty terms already is, and plain dictionaries are walked three times as quickly.
"""

import json
from dataclasses import dataclass
from typing import Any

from postgast import PgQueryError, pg_query_pb2, scan
from postgast.native import lib


class ParseFailure(Exception):
    """The parser gave up at a place (0-based characters)."""

    def __init__(self, message: str, offset: int, *, too_deep: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.too_deep = too_deep


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
    result = lib.pg_query_parse(text.encode())
    try:
        if result.error:
            error = result.error.contents
            raise ParseFailure(error.message.decode(errors="replace"), max(error.cursorpos - 1, 0))
        tree = json.loads(result.parse_tree)
    except RecursionError:
        raise ParseFailure("nested too deeply to be analysed", 0, too_deep=True) from None
    finally:
        lib.pg_query_free_parse_result(result)
    offsets = ByteOffsets(text)
    return [_raw(entry, offsets, len(text)) for entry in tree.get("stmts", ())]


def _raw(entry: dict[str, Any], offsets: ByteOffsets, total: int) -> RawStatement:
    [(kind, fields)] = entry["stmt"].items()
    start = entry.get("stmt_location", 0)
    length = entry.get("stmt_len", 0)
    first = offsets.characters(start)
    return RawStatement(
        kind, fields, first, offsets.characters(start + length) if length else total
    )


def tokens(text: str) -> tuple[list[Token], ParseFailure | None]:
    """Return the tokens of *text*, up to where the lexer fails if it does, and that failure."""
    try:
        return _scan(text), None
    except PgQueryError as error:
        failure = ParseFailure(error.message, max(error.cursorpos - 1, 0))
    try:
        # What stands before the failure is sound: the lexer fails at the start of a token.
        return _scan(text[: failure.offset]), failure
    except PgQueryError:
        return [], failure


def _scan(text: str) -> list[Token]:
    offsets = ByteOffsets(text)
    name = pg_query_pb2.Token.Name
    return [
        Token(name(t.token), offsets.characters(t.start), offsets.characters(t.end))
        for t in scan(text).tokens
    ]
