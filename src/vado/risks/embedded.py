"""The statements inside other statements: those of a DO block, and of a function that is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from vado.risks.known import Known
from vado.risks.names import quoted
from vado.risks.places import Place, place_between, place_of
from vado.sql import UNKNOWN, Code, Piece, Statement, code_of, parse_script, read_body, unfold

HOLDERS = frozenset({"DoStmt", "CallStmt", "SelectStmt", "ExecuteStmt"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement to be judged, on its own or inside another.

    `place` is where to point when its own text does not stand in the file; `functions` are the
    ones that are being called around it.
    """

    statement: Statement
    place: Place | None = None
    conditional: bool = False
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part that only the rehearsal can show: variant and params of the rule about it."""

    variant: str
    place: Place | None
    params: Mapping[str, str | int] = field(default_factory=dict)


Content = Entry | Unreadable


def contents(entry: Entry, known: Known) -> tuple[Content, ...]:
    """Return what the statement runs besides itself."""
    if entry.statement.node.kind == "DoStmt":
        return tuple(_block(entry))
    if entry.statement.node.kind == "ExecuteStmt":
        name = entry.statement.node.text("name")
        return (Unreadable("call", entry.place, {"function": quoted(name)}),)
    return tuple(_calls(entry, known))


def _block(entry: Entry) -> Iterator[Content]:
    code = code_of(entry.statement)
    if code is None or code.language != "plpgsql":
        yield Unreadable("block", entry.place)
        return
    for piece in read_body(code.body):
        yield from _piece(entry, code, piece)


def _piece(entry: Entry, code: Code, piece: Piece) -> Iterator[Content]:
    place = entry.place
    if place is None and code.offset is not None:
        start = code.offset + piece.start
        place = place_between(entry.statement, start, code.offset + piece.end)
    text = piece.text if piece.kind == "static" else unfold(piece.text)
    script = parse_script(text or "")
    if script.errors or not script.statements:
        yield Unreadable("dynamic", place)
        return
    for found in script.statements:
        inner = _at(entry.statement, found, place)
        # EXECUTE runs another text than the one that stands in the file.
        hidden = entry.place or code.offset is None or piece.kind == "dynamic"
        anchor = (place or place_of(entry.statement, None, 0)) if hidden else None
        yield Entry(inner, anchor, entry.conditional or piece.conditional, entry.functions)
    if piece.kind == "dynamic" and UNKNOWN in (text or ""):
        yield Unreadable("partly", place)


def _at(outer: Statement, inner: Statement, place: Place | None) -> Statement:
    """Return the inner statement with the number of the outer one and a place in its script."""
    if place is None:
        return replace(inner, index=outer.index)
    return replace(inner, index=outer.index, line=place.line, column=place.column)


def _calls(entry: Entry, known: Known) -> Iterator[Content]:
    for name in dict.fromkeys(_called(entry.statement)):
        function = known.function(name)
        if name[-1] in entry.functions:
            continue
        place = entry.place or place_of(entry.statement, None, 0)
        if function is not None:
            yield from _body(entry, function, name, place)
        elif entry.statement.node.kind == "CallStmt" or known.unreadable(name):
            yield Unreadable("call", entry.place, {"function": quoted(*name)})


def _called(statement: Statement) -> Iterator[tuple[str, ...]]:
    for node in statement.node.walk():
        if node.kind in {"FuncCall", "funccall"} and (name := node.names("funcname")):
            yield name


def _body(
    entry: Entry, function: Statement, name: tuple[str, ...], place: Place
) -> Iterator[Content]:
    caller = replace(entry, place=place, functions=(*entry.functions, name[-1]))
    code = code_of(function)
    # A body after BEGIN ATOMIC or RETURN is part of the tree, and can hold queries only.
    if code is None and function.node.has("sql_body"):
        return
    if code is not None and code.language == "plpgsql":
        for piece in read_body(code.body):
            yield from _piece(caller, code, piece)
    elif code is not None and code.language == "sql":
        for found in parse_script(code.body).statements:
            inner = _at(entry.statement, found, place)
            yield Entry(inner, place, entry.conditional, caller.functions)
    else:
        yield Unreadable("call", entry.place, {"function": quoted(*name)})
