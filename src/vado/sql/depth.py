"""Reading trees that are nested deeper than Python's own recursion, and refusing the absurd ones.

A chain of operators (`a || b || c`) is a tree as deep as it is long. The parser itself ends the
whole process when a chain is tens of thousands long, so such a text must not reach it.
"""

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from json.decoder import scanstring  # type: ignore[attr-defined]  # reads one string, in C
from typing import Any

# The server's own stack ends here or a little later.
DEEPEST = 8_000
_SAFE_LENGTH = 20_000
_LONGEST_CHAIN = 8_000
_OPERATORS = re.compile(
    r"[-+*/<>=~!@#%^&|`?:]+|\b(?:not|union|intersect|except|join|is|collate|at|like|ilike)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"""--[^\r\n]*|/\*.*?\*/|"[^"]*"|\$(?P<tag>[A-Za-z_]?\w*)\$.*?\$(?P=tag)\$"""
    r"""|[eE]'(?:[^'\\]|\\.|'')*'|'[^']*'""",
    re.DOTALL,
)
_NESTING = re.compile(rf"[(\[)\],]|{_OPERATORS.pattern}", re.IGNORECASE)
_JSON_TOKEN = re.compile(r'[ \t\r\n]*(?:([{}\[\],:])|(")|([^\s{}\[\],:"]+))')


class TooDeep(Exception):
    """A tree is deeper than any server would take."""


def chains_too_long(text: str) -> bool:
    """Say whether some statement may be a chain that the parser's own stack does not hold."""
    longest = max(map(len, text.split(";")))
    if longest < _SAFE_LENGTH or _count(_OPERATORS, text) < _LONGEST_CHAIN:
        return False
    # Only what is left without strings and comments counts; a split is right enough here.
    bare = _QUOTED.sub("''", text)
    return any(
        len(part) > _SAFE_LENGTH and _longest_chain(part) > _LONGEST_CHAIN
        for part in bare.split(";")
    )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text))


def _longest_chain(text: str) -> int:
    """Return the most operators that stand one below the other in the tree."""
    longest, here, above = 0, 0, [0]
    for match in _NESTING.finditer(text):
        sign = match[0]
        if sign in "([":
            above.append(here)
        elif sign in ")]":
            here = above.pop() if len(above) > 1 else here
        elif sign == ",":
            here = above[-1]
        else:
            here += 1
            longest = max(longest, here)
    return longest


def read_json(text: str) -> Any:  # noqa: ANN401 (JSON data)
    """Return what `json.loads` returns, however deep; TooDeep beyond all measure."""
    try:
        with _uncollected():
            return json.loads(text)
    except RecursionError:
        return _Reader().read(text)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Plain data has no cycles, and looking for some takes longer than reading it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Reader:
    """Reads JSON with a list of what is open instead of calls inside calls."""

    def __init__(self) -> None:
        self._open: list[Any] = []
        self._key: str | None = None
        self._root: Any = None

    def read(self, text: str) -> Any:  # noqa: ANN401 (JSON data)
        for sign, value in _json_tokens(text):
            if sign in {"{", "["}:
                self._begin({} if sign == "{" else [])
            elif sign in {"}", "]"}:
                self._open.pop()
            elif sign == "value":
                self._value(value)
        return self._root

    def _begin(self, container: Any) -> None:  # noqa: ANN401 (JSON data)
        self._put(container)
        self._open.append(container)
        if len(self._open) > 2 * DEEPEST:
            raise TooDeep

    def _value(self, value: Any) -> None:  # noqa: ANN401 (JSON data)
        if self._open and isinstance(self._open[-1], dict) and self._key is None:
            self._key = value
        else:
            self._put(value)

    def _put(self, value: Any) -> None:  # noqa: ANN401 (JSON data)
        if not self._open:
            self._root = value
        elif isinstance(self._open[-1], list):
            self._open[-1].append(value)
        else:
            self._open[-1][self._key] = value
            self._key = None


def _json_tokens(text: str) -> Iterator[tuple[str, Any]]:
    at = 0
    while match := _JSON_TOKEN.match(text, at):
        at = match.end()
        if match[1]:
            yield match[1], None
        elif match[2]:
            value, at = scanstring(text, at)
            yield "value", value
        else:
            yield "value", json.loads(match[3])
