"""The code that DO runs or CREATE FUNCTION stores: its language, its text, and where it stands."""

from dataclasses import dataclass

from vado.sql.node import Node
from vado.sql.parser import tokens
from vado.sql.script import Statement


@dataclass(frozen=True, slots=True)
class Code:
    """A body of code; `offset` is where it begins in the statement's text.

    `offset` is None where the body is not written as it is read: with doubled quotes or escapes.
    """

    language: str
    body: str
    offset: int | None


def code_of(statement: Statement) -> Code | None:
    """Return the code of a DO, CREATE FUNCTION or CREATE PROCEDURE, None when it has no text."""
    node = statement.node
    options = node.nodes("args") if node.kind == "DoStmt" else node.nodes("options")
    found = {option.text("defname"): option.node("arg") for option in options}
    body = _body(found.get("as"))
    if body is None:
        return None
    language = found.get("language")
    name = language.text("sval").lower() if language is not None else "plpgsql"
    return Code(name, body, _offset(statement.text, body))


def _body(value: Node | None) -> str | None:
    if value is None:
        return None
    if value.kind == "List":
        names = value.names("items")
        # Two texts are the file and the symbol of a function in C.
        return names[0] if len(names) == 1 else None
    return value.text("sval")


def _offset(text: str, body: str) -> int | None:
    for token in tokens(text):
        if token.name == "SCONST":
            source = text[token.start : token.end]
            quote = source[: source.index("$", 1) + 1] if source.startswith("$") else "'"
            if source.startswith(quote) and source[len(quote) : -len(quote)] == body:
                return token.start + len(quote)
    return None
