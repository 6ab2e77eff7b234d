r"""Counting the rows of each table in the script that pg_restore makes of an archive.

Names may hold line breaks and whole statements, so quotes are followed; the rows themselves never
hold a line break and end with a line `\.` that no row can look like.
"""

import codecs
import re

from vado.errors import BackupDamaged

_END = b"\\.\n"
_QUOTES = re.compile(rb"['\"]")
_NAME = rb'(?:"(?:[^"]|"")+"|[^\s".(]+)'
_COPY = re.compile(
    rb"COPY (?P<table>" + _NAME + rb"(?:\." + _NAME + rb")?) .*FROM stdin;\n", re.DOTALL
)
_ENCODING = re.compile(rb"SET client_encoding = '(?P<name>[A-Z0-9_]+)';\n")


class RowCounter:
    """Takes the script in pieces and counts; its memory does not grow with the data."""

    def __init__(self) -> None:
        self.tables: dict[str, int] = {}
        self.total = 0
        self._codec = "utf-8"
        self._table: str | None = None
        self._inside_row = False
        self._quote: bytes | None = None
        self._statement = b""
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        """Count what *piece* adds."""
        data, position = self._rest + piece, 0
        while position < len(data):
            if self._table is None:
                end = self._read_line(data, position)
            else:
                end = self._read_rows(data, position)
            if end == position:
                break
            position = end
        self._rest = data[position:]

    def finish(self) -> dict[str, int]:
        """Return the rows of each table by its quoted name; BackupDamaged when the end lacks."""
        if self._table is not None or self._statement or self._rest:
            raise BackupDamaged("the backup ends in the middle of its data")
        return self.tables

    def _read_line(self, data: bytes, position: int) -> int:
        end = data.find(b"\n", position) + 1
        if end:
            self._take(data[position:end])
        return end or position

    def _take(self, line: bytes) -> None:
        # A comment may hold any quote, but never a line break of its own.
        if self._quote is None and line.startswith(b"--"):
            return
        for quote in _QUOTES.findall(line):
            if self._quote is None:
                self._quote = quote
            elif self._quote == quote:
                self._quote = None
        if self._quote is not None:
            self._statement += line
            return
        statement, self._statement = self._statement + line, b""
        if found := _COPY.fullmatch(statement):
            self._table = found["table"].decode(self._codec, "surrogateescape")
            self.tables.setdefault(self._table, 0)
        elif found := _ENCODING.fullmatch(statement):
            self._codec = _codec(found["name"].decode())

    def _read_rows(self, data: bytes, position: int) -> int:
        if not self._inside_row and data.startswith(_END, position):
            self._table = None
            return position + len(_END)
        end = data.find(b"\n" + _END, position)
        if end < 0:
            end = data.rfind(b"\n", position)
        if end < 0:
            return self._skip_piece_of_row(data, position)
        self._count(data.count(b"\n", position, end + 1))
        self._inside_row = False
        return end + 1

    def _skip_piece_of_row(self, data: bytes, position: int) -> int:
        # A row may be a gigabyte: it is not kept, unless it could still become the end mark.
        if not self._inside_row and _END.startswith(data[position:]):
            return position
        self._inside_row = True
        return len(data)

    def _count(self, rows: int) -> None:
        assert self._table is not None  # noqa: S101 (only called inside a table's rows)
        self.tables[self._table] += rows
        self.total += rows


def _codec(name: str) -> str:
    try:
        return codecs.lookup(re.sub(r"^WIN(?=\d)", "cp", name)).name
    except LookupError:
        return "utf-8"
