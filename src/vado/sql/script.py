"""A text of SQL as statements, each with its exact source and place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vado.sql.lazy import lazy
from vado.sql.node import Node
from vado.sql.parser import ParseFailure, RawStatement, parse
from vado.sql.positions import Lines
from vado.sql.recovery import Chunk, chunks, mask_foreign
from vado.sql.refusals import HALF_CHARACTER, HINTS, NUL_BYTE, refusal
from vado.sql.transactions import runs_in_transaction

# What PostgreSQL takes for space; Python's idea is wider and would cut names short.
_SPACE = " \t\r\n\f\v"
_SPACE_AND_COMMENTS = re.compile(rf"(?:[{_SPACE}]+|--[^\r\n]*)*")
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_BLOCK_MARK = re.compile(r"/\*|\*/")
REFUSED = "refused_statement"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Statement:
    """One statement: its exact text and where it stands (1-based characters)."""

    index: int
    text: str
    offset: int
    line: int
    column: int
    node: Node = field(repr=False)

    @lazy
    def kind(self) -> str:
        """Return the kind of statement in snake case, such as "alter_table_stmt"."""
        return _CAMEL.sub("_", self.node.kind).lower()

    @lazy
    def transactional(self) -> bool:
        """Say whether PostgreSQL runs it inside a transaction block."""
        return runs_in_transaction(self.node)


@dataclass(frozen=True, slots=True)
class SqlError:
    """Why a part of a script cannot be run, and where (1-based characters)."""

    code: str
    message: str
    hint: str | None
    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Script:
    """A parsed text; what is broken or refused stands in `errors`, the rest in `statements`."""

    text: str
    statements: tuple[Statement, ...]
    errors: tuple[SqlError, ...]


def parse_script(text: str) -> Script:
    """Parse *text*; broken or refused parts become errors and the rest is still read."""
    reader = _Reader(text)
    # A NUL would end the text for the parser: such characters are reported and read as spaces.
    clean = _UNSENDABLE.sub(" ", text)
    if clean != text:
        for match in _UNSENDABLE.finditer(text):
            reader.refuse(NUL_BYTE if match[0] == "\x00" else HALF_CHARACTER, match.start())
    try:
        reader.take(parse(clean), 0, clean)
    except ParseFailure:
        _read_in_chunks(clean, reader)
    return reader.script()


def _read_in_chunks(text: str, reader: "_Reader") -> None:
    """Read statement by statement, so that one broken one does not hide the others."""
    masked, foreign = mask_foreign(text)
    for reason, offset in foreign:
        reader.refuse(reason, offset)
    for chunk in chunks(masked):
        _read_chunk(chunk, reader, masked)


def _read_chunk(chunk: Chunk, reader: "_Reader", text: str) -> None:
    try:
        reader.take(parse(chunk.text), chunk.start, text)
    except ParseFailure as failure:
        # Past the last character the error is shown at the end of what was written.
        inside = min(failure.offset, max(len(chunk.text.rstrip()) - 1, 0))
        offset = first_token(text, chunk.start) if failure.too_deep else chunk.start + inside
        reader.fail(failure.message, offset)


class _Reader:
    """Collects what one pass over a text finds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._statements: list[Statement] = []
        self._errors: list[SqlError] = []

    def take(self, found: list[RawStatement], base: int, text: str) -> None:
        for raw in found:
            start = first_token(text, base + raw.start)
            node = Node(raw.kind, raw.fields)
            if reason := refusal(node):
                self.refuse(reason, start)
                continue
            source = text[start : base + raw.end].rstrip(_SPACE).removesuffix(";").rstrip(_SPACE)
            line, column = self._lines.position(start)
            index = len(self._statements)
            self._statements.append(Statement(index, source, start, line, column, node))

    def refuse(self, reason: str, offset: int) -> None:
        self._add(REFUSED, reason, HINTS[reason], offset)

    def fail(self, message: str, offset: int) -> None:
        self._add("syntax_error", message, None, offset)

    def _add(self, code: str, message: str, hint: str | None, offset: int) -> None:
        line, column = self._lines.position(offset)
        self._errors.append(SqlError(code, message, hint, offset, line, column))

    def script(self) -> Script:
        return Script(
            self._text,
            tuple(_numbered(self._statements)),
            tuple(sorted(self._errors, key=lambda e: e.offset)),
        )


def _numbered(statements: list[Statement]) -> Iterator[Statement]:
    for index, s in enumerate(sorted(statements, key=lambda s: s.offset)):
        found = s.index == index
        yield s if found else Statement(index, s.text, s.offset, s.line, s.column, s.node)


def first_token(text: str, offset: int) -> int:
    """Return where the first token at or after *offset* begins, past spaces and comments."""
    while True:
        # The pattern also matches nothing, so there is always a match.
        if match := _SPACE_AND_COMMENTS.match(text, offset):
            offset = match.end()
        if not text.startswith("/*", offset):
            return offset
        offset = _end_of_block(text, offset)


def _end_of_block(text: str, offset: int) -> int:
    depth = 0
    for mark in _BLOCK_MARK.finditer(text, offset):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.end()
    return len(text)
