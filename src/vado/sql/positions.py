"""Lines and columns: 1-based, in characters, as editors show them."""

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines:
    """The line starts of a text, so that many positions cost one pass."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column (1-based characters) of a 0-based character offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column (1-based characters) of a 0-based character offset of *text*."""
    return Lines(text).position(offset)
