"""Expressions written so that PostgreSQL makes of them what it has printed them from.

Some of what the server prints reads back as another tree, which it then prints otherwise: the cast
of a list moves to its elements, and a pair of conditions that stood alone melts into its
neighbours. Said in these words instead, an expression survives the way through a script.
"""

import re
from collections.abc import Iterator

_ELEMENT = re.compile(r"::((?:\"(?:[^\"]|\"\")*\"|[\w. ()])+)$")
_NUMBER = re.compile(r"\(?-?\d+\)?$")
_DECIMAL = re.compile(r"\(?-?\d+\.\d+\)?$")
_LIST = "ARRAY["
_CAST = re.compile(r"\]\)::[^,()\[\]']*(?:\(\d+(?:,\d+)?\))?\[\]")
# In statistics, which the server prints with fewer parentheses.
_BARE_CAST = re.compile(r"\]::([^,()\[\]']*(?:\(\d+(?:,\d+)?\))?)\[\]")
_PAIRS = {
    "AND": (" >= ", " <= ", "BETWEEN"),
    "OR": (" < ", " > ", "NOT BETWEEN"),
}
_MAY_VARY = re.compile(r"\(ARRAY\[| AND | OR |\(VALUES ")
_ROWS = re.compile(
    r"(?P<head>CREATE (?:MATERIALIZED )?VIEW (?:\"(?:[^\"]|\"\")*\"|[^\s\"])+)"
    r"(?P<with>[^;]*?) AS\s+SELECT (?P<columns>(?:\"\*VALUES\*\"\.)?column1\b.*?)\s+"
    r"FROM (?P<rows>\(VALUES .*\)) \"\*VALUES\*\"",
    re.DOTALL,
)
_COLUMN = re.compile(r"(?:\"\*VALUES\*\"\.)?(column\d+)(?: AS (.*))?", re.DOTALL)
_OPENING, _CLOSING = "([", ")]"


def faithful(text: str) -> str:
    """Return the statement with every such expression in words that read back as they were."""
    if not _MAY_VARY.search(text):
        return text
    return _pairs(_lists(_ROWS.sub(_rows, text)))


def _rows(view: re.Match[str]) -> str:
    """Name the columns before a bare list of rows, which has no select of its own."""
    said = [_COLUMN.fullmatch(part.strip()) for part in _split(view["columns"], ",")]
    if not all(said):
        return view[0]
    names = ", ".join(part[2] or part[1] for part in said if part)
    return f"{view['head']} ({names}){view['with']} AS {view['rows'][1:-1]}"


def _lists(text: str) -> str:
    """Give each cast list the type of its elements first: `(ARRAY[...]::a[])::b[]`."""
    places = [at for at, _ in _outside_quotes(text, 0) if text.startswith(_LIST, at)]
    for place in reversed(places):
        begin = place + len(_LIST)
        end = _end(text, begin)
        if end is None or (kind := _type_of(text[begin:end])) is None:
            continue
        if _CAST.match(text, end):
            text = f"{text[: end + 1]}::{kind}[]{text[end + 1 :]}"
        elif (cast := _BARE_CAST.match(text, end)) and cast[1] != kind:
            text = f"{text[:place]}({text[place : end + 1]}::{kind}[]){text[end + 1 :]}"
    return text


def _type_of(elements: str) -> str | None:
    """Return the type that all elements show, None when they show none or several."""
    kinds = {_element_type(part.strip()) for part in _split(elements, ",")}
    return kinds.pop() if len(kinds) == 1 else None


def _element_type(element: str) -> str | None:
    if _NUMBER.fullmatch(element):
        return "integer"
    if _DECIMAL.fullmatch(element):
        return "numeric"
    found = _ELEMENT.search(element)
    return found[1] if found else None


def _pairs(text: str) -> str:
    """Say `(a BETWEEN 1 AND 2)` where two conditions on one thing stand in parentheses alone."""
    for place in reversed(list(_openings(text))):
        end = _end(text, place + 1)
        if end is not None and (said := _between(text[place + 1 : end])):
            text = f"{text[: place + 1]}{said}{text[end:]}"
    return text


def _between(inside: str) -> str | None:
    for word, (low, high, name) in _PAIRS.items():
        parts = list(_split(inside, f" {word} "))
        if len(parts) != len(_PAIRS):
            continue
        one, other = (_stripped(part) for part in parts)
        if one is None or other is None:
            continue
        left, lower = _halves(one, low)
        right, upper = _halves(other, high)
        if left is not None and left == right:
            return f"{left} {name} {lower} AND {upper}"
    return None


def _halves(condition: str, operator: str) -> tuple[str | None, str]:
    parts = list(_split(condition, operator))
    return (parts[0], parts[1]) if len(parts) == len(_PAIRS) else (None, "")


def _stripped(part: str) -> str | None:
    """Return what stands in the parentheses around all of a condition."""
    if not part.startswith("(") or _end(part, 1) != len(part) - 1:
        return None
    return part[1:-1]


def _openings(text: str) -> Iterator[int]:
    return (place for place, _ in _outside_quotes(text, 0) if text[place] == "(")


def _end(text: str, begin: int) -> int | None:
    """Return where the parenthesis or bracket closes that was opened before *begin*."""
    depth = 0
    for place, character in _outside_quotes(text, begin):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            if depth == 0:
                return place
            depth -= 1
    return None


def _split(text: str, mark: str) -> Iterator[str]:
    """Split at *mark* where it stands outside of quotes, parentheses and brackets."""
    begin = depth = 0
    for place, character in _outside_quotes(text, 0):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif depth == 0 and place >= begin and text.startswith(mark, place):
            yield text[begin:place]
            begin = place + len(mark)
    yield text[begin:]


_QUOTED = re.compile(
    r"""E'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | (\$\w*\$).*?\1 """,
    re.VERBOSE | re.DOTALL,
)


def _outside_quotes(text: str, begin: int) -> Iterator[tuple[int, str]]:
    place = begin
    while place < len(text):
        character = text[place]
        if character in "'\"$E" and (quoted := _QUOTED.match(text, place)):
            place = quoted.end()
            continue
        yield place, character
        place += 1
