"""Text on a terminal or in a pipe: colours only where somebody sees them, never over 80 columns."""

import re
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

_WIDEST = 80
_NARROWEST = 40
_CODES = {"bold": "1", "dim": "2", "good": "32", "warn": "33", "bad": "31", "worst": "1;31"}
# What the database or a file says must not steer the terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_PLAIN = str.maketrans(
    {"✓": "+", "✗": "x", "·": "-", "•": "*", "▲": "!", "■": "#", "→": ">", "…": "~", "─": "-"}
)


@dataclass(frozen=True, slots=True)
class Styled:
    """A piece of text with a style."""

    text: str
    style: str


Piece = str | Styled


def bold(text: str) -> Styled:
    """Return what matters."""
    return Styled(text, "bold")


def dim(text: str) -> Styled:
    """Return what may be overlooked."""
    return Styled(text, "dim")


def good(text: str) -> Styled:
    """Return what went well."""
    return Styled(text, "good")


def warn(text: str) -> Styled:
    """Return what wants attention."""
    return Styled(text, "warn")


def bad(text: str) -> Styled:
    """Return what went wrong or loses data."""
    return Styled(text, "bad")


def clean(text: str) -> str:
    """Return *text* with its control characters made visible."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


class Screen:
    """One of the two output streams."""

    def __init__(self, stream: TextIO, *, colour: bool) -> None:
        self.stream = stream
        self.colour = colour
        self.width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))
        self._plain = not (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")

    def line(self, *pieces: Piece, indent: int = 0) -> None:
        """Write one line."""
        text = "".join(self.shown(piece) for piece in pieces)
        self.stream.write(f"{' ' * indent}{text}\n")

    def shown(self, piece: Piece) -> str:
        """Return a piece as it is written to the stream."""
        text = clean(piece.text if isinstance(piece, Styled) else piece)
        text = text.translate(_PLAIN) if self._plain else text
        if isinstance(piece, str) or not self.colour or not text:
            return text
        return f"\x1b[{_CODES[piece.style]}m{text}\x1b[0m"

    def blank(self) -> None:
        """Write an empty line."""
        self.stream.write("\n")

    def heading(self, text: str) -> None:
        """Begin a part."""
        self.blank()
        self.line(bold(text))

    def paragraph(self, text: str, *, indent: int = 0, style: str | None = None) -> None:
        """Write a text that may be long; its own line breaks stay."""
        for part in text.splitlines() or [""]:
            for line in wrapped(part, self.width - indent):
                self.line(Styled(line, style) if style else line, indent=indent)

    def code(self, text: str, *, indent: int) -> None:
        """Write SQL to copy: never broken, so that it stays right."""
        for line in text.splitlines():
            self.line(dim(line), indent=indent)

    def facts(self, facts: Iterable[tuple[str, Piece]], *, indent: int = 2) -> None:
        """Write names and values, the values below each other."""
        known = list(facts)
        widest = max((len(name) for name, _ in known), default=0)
        for name, value in known:
            room = self.width - indent - widest - 2
            style = value.style if isinstance(value, Styled) else None
            for number, part in enumerate(wrapped(_text(value), room)):
                title = name.ljust(widest) if number == 0 else " " * widest
                self.line(dim(title), "  ", Styled(part, style) if style else part, indent=indent)

    def table(
        self, rows: Sequence[Sequence[Piece]], *, indent: int = 2, right: Iterable[int] = ()
    ) -> None:
        """Write rows in columns; a last cell that does not fit goes below, and nothing is cut."""
        columns = range(max((len(row) for row in rows), default=0))
        widths = [max(len(_text(row[c])) for row in rows if len(row) > c) for c in columns]
        to_right = frozenset(right)
        room = self.width - indent - sum(widths[:-1]) - 2 * len(widths[:-1])
        for row in rows:
            cells = [_cell(p, widths[n], to_right=n in to_right) for n, p in enumerate(row[:-1])]
            pieces = [piece for cell in cells for piece in (cell, "  ")]
            last = row[-1]
            if len(_text(last)) <= room:
                end = _cell(last, widths[-1], to_right=True) if len(row) - 1 in to_right else last
                self.line(*pieces, end, indent=indent)
            else:
                self.line(*pieces[:-1], indent=indent)
                style = last.style if isinstance(last, Styled) else None
                self.paragraph(_text(last), indent=indent + 4, style=style)


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most *width*, unless a word is longer."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _text(piece: Piece) -> str:
    return clean(piece.text if isinstance(piece, Styled) else piece)


def _cell(piece: Piece, width: int, *, to_right: bool) -> Piece:
    text = _text(piece)
    text = text.rjust(width) if to_right else text.ljust(width)
    return Styled(text, piece.style) if isinstance(piece, Styled) else text
