"""The SQL that stands in the body of a PL/pgSQL block or function, with its places.

Only tokens of PostgreSQL's own lexer are looked at. The parser has a mode for PL/pgSQL too, but it
tells no places, writes broken JSON for assignments in triggers, and knows no variables of others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vado.sql.parser import tokens

_SQL = """
alter analyze call checkpoint cluster comment copy create delete discard do drop explain grant
import insert listen load lock merge notify prepare reassign refresh reindex reset revoke security
select set table truncate unlisten update vacuum values with
"""
_STATIC = frozenset(_SQL.split())
_QUERIES = frozenset({"select", "with", "values", "table", "insert", "update", "delete", "merge"})
_COMMENTS = frozenset({"SQL_COMMENT", "C_COMMENT"})
_OPENERS, _CLOSERS = frozenset("(["), frozenset(")]")
_CERTAIN = frozenset({"block"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of a body: its SQL, or the expression that EXECUTE builds its SQL with.

    `start` and `end` are offsets in the body; the text of a statement is as long as its source.
    `conditional`: it stands inside IF, CASE, a loop or an exception handler.
    """

    kind: Literal["static", "dynamic"]
    text: str
    start: int
    end: int
    conditional: bool


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def read_body(body: str) -> tuple[Piece, ...]:
    """Return the statements of a PL/pgSQL body that the server would run, in their order."""
    return tuple(_Reader(body).pieces())


class _Reader:
    """Walks over a body from statement to statement, knowing what is open around each."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._words = [
            _Word(body[token.start : token.end].lower(), token.start, token.end)
            for token in tokens(body)
            if token.name not in _COMMENTS
        ]
        self._at = 0
        self._open: list[str] = []

    def pieces(self) -> Iterator[Piece]:
        while self._at < len(self._words):
            word = self._words[self._at].text
            step = _STEPS.get(word)
            if step is not None:
                yield from step(self, word)
            else:
                yield from self._statement()

    def _until(self, *stops: str) -> list[_Word]:
        """Return the words before the next stop outside parentheses and CASE, and go there."""
        start, depth, cases = self._at, 0, 0
        while self._at < len(self._words):
            word = self._words[self._at].text
            if depth == 0 and cases == 0 and word in stops:
                break
            depth += (word in _OPENERS) - (word in _CLOSERS)
            cases += (word == "case") - (word == "end" and cases > 0)
            self._at += 1
        return self._words[start : self._at]

    def label(self, _word: str) -> Iterator[Piece]:
        self._until(">>")
        self._at += 1
        yield from ()

    def declarations(self, _word: str) -> Iterator[Piece]:
        self._at += 1
        while self._at < len(self._words) and self._words[self._at].text != "begin":
            self._until(";")
            self._at += 1
        yield from ()

    def begin(self, _word: str) -> Iterator[Piece]:
        self._open.append("block")
        self._at += 1
        yield from ()

    def handlers(self, _word: str) -> Iterator[Piece]:
        if self._open:
            self._open[-1] = "handlers"
        self._at += 1
        yield from ()

    def condition(self, word: str) -> Iterator[Piece]:
        if word == "if":
            self._open.append(word)
        self._at += 1
        self._until("then")
        self._at += 1
        yield from ()

    def case(self, word: str) -> Iterator[Piece]:
        self._open.append(word)
        self._at += 1
        self._until("when")
        yield from ()

    def loop(self, word: str) -> Iterator[Piece]:
        head = self._until("loop")
        self._at += 1
        inside = next((i for i, item in enumerate(head) if item.text == "in"), len(head))
        query = head[inside + 1 :]
        if word == "for" and query:
            yield from self._query(query)
        self._open.append("loop")

    def otherwise(self, _word: str) -> Iterator[Piece]:
        self._at += 1
        yield from ()

    def end(self, _word: str) -> Iterator[Piece]:
        self._until(";")
        self._at += 1
        if self._open:
            self._open.pop()
        yield from ()

    def _statement(self) -> Iterator[Piece]:
        words = self._until(";")
        self._at += 1
        if not words:
            return
        match words[0].text:
            case "perform":
                yield self._piece(words, "select " + self._source(words)[len("perform") :])
            case "return" if len(words) > 1 and words[1].text == "query":
                yield from self._query(words[2:])
            case "open":
                after = [i for i, word in enumerate(words) if word.text == "for"]
                yield from self._query(words[after[0] + 1 :] if after else [])
            case first if first in _STATIC or first == "execute":
                yield from self._query(words)
            case _:
                pass  # RAISE, RETURN, an assignment and the like run no statement

    def _query(self, words: list[_Word]) -> Iterator[Piece]:
        if words and words[0].text == "execute":
            yield from self._execute(words)
        elif words and words[0].text in _STATIC:
            yield self._piece(words, self._without_into(words))

    def _execute(self, words: list[_Word]) -> Iterator[Piece]:
        expression = words[1 : _outermost(words, {"into", "using"})]
        if expression:
            text = self._source(expression)
            yield Piece("dynamic", text, words[0].start, words[-1].end, self._conditional)

    def _piece(self, words: list[_Word], text: str) -> Piece:
        return Piece("static", text, words[0].start, words[-1].end, self._conditional)

    @property
    def _conditional(self) -> bool:
        return not _CERTAIN.issuperset(self._open)

    def _source(self, words: list[_Word]) -> str:
        return self._body[words[0].start : words[-1].end]

    def _without_into(self, words: list[_Word]) -> str:
        """Blank out the variables that a query fills, which are no SQL."""
        text = self._source(words)
        found = _outermost(words, {"into"}, after={"insert", "merge"})
        if words[0].text not in _QUERIES or found == len(words):
            return text
        last = _end_of_targets(words, found + 1)
        start, end = words[found].start - words[0].start, words[last - 1].end - words[0].start
        return text[:start] + " " * (end - start) + text[end:]


def _outermost(words: list[_Word], wanted: set[str], after: set[str] | None = None) -> int:
    """Return where one of the wanted words stands outside parentheses, else the length."""
    depth = 0
    for i, word in enumerate(words):
        depth += (word.text in _OPENERS) - (word.text in _CLOSERS)
        before = words[i - 1].text if i else ""
        if depth == 0 and word.text in wanted and before not in (after or ()):
            return i
    return len(words)


def _end_of_targets(words: list[_Word], at: int) -> int:
    """Return where a list of variables ends: `strict a, b.c, d[1]`."""
    if at < len(words) and words[at].text == "strict":
        at += 1
    while at < len(words):
        at += 1
        while at < len(words) and words[at].text in {".", "["}:
            closing = next((i for i in range(at, len(words)) if words[i].text == "]"), at)
            at = closing + 1 if words[at].text == "[" else at + 2
        if at >= len(words) or words[at].text != ",":
            break
        at += 1
    return min(at, len(words))


_STEPS = {
    "<<": _Reader.label,
    "declare": _Reader.declarations,
    "begin": _Reader.begin,
    "exception": _Reader.handlers,
    "if": _Reader.condition,
    "elsif": _Reader.condition,
    "elseif": _Reader.condition,
    "when": _Reader.condition,
    "case": _Reader.case,
    "loop": _Reader.loop,
    "while": _Reader.loop,
    "for": _Reader.loop,
    "foreach": _Reader.loop,
    "else": _Reader.otherwise,
    "end": _Reader.end,
}
