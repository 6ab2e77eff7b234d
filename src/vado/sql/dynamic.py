"""What an expression of EXECUTE builds, as far as it is written there.

`format('drop table %I', r.name)` is a DROP TABLE, whatever its table: what is only known at run
time becomes a name between angle brackets, so that the statement can still be read.
"""

import re
from collections.abc import Callable

from vado.sql.node import Node
from vado.sql.script import parse_script

UNKNOWN = "⟨"
_FORMAT = re.compile(r"%(?:(\d+)\$)?(?:-?\d*)([sIL%])")
_DEEPEST = 100


def unfold(expression: str) -> str | None:
    """Return the SQL that an expression builds, None when nothing of it is written there."""
    [*statements] = parse_script(f"select {expression}").statements
    if len(statements) != 1:
        return None
    targets = statements[0].node.nodes("targetList")
    value = targets[0].node("val") if len(targets) == 1 else None
    text = _text(value, _bare, 0)
    return text if text.partition(UNKNOWN)[0].strip(' "') else None


Placeholder = Callable[[Node], str]


def _text(node: Node | None, unknown: Placeholder, depth: int) -> str:
    if node is None or depth > _DEEPEST:
        return _name("...")
    if node.kind == "A_Const":
        return _constant(node)
    if node.kind == "TypeCast":
        return _text(node.node("arg"), unknown, depth + 1)
    if node.kind == "A_Expr" and node.names("name") == ("||",):
        left, right = node.node("lexpr"), node.node("rexpr")
        return _text(left, unknown, depth + 1) + _text(right, unknown, depth + 1)
    if node.kind == "FuncCall":
        return _call(node, unknown, depth + 1)
    return unknown(node)


def _constant(node: Node) -> str:
    if (text := node.node("sval")) is not None:
        return text.text("sval")
    number = node.node("ival")
    return "" if number is None else str(number.number("ival"))


def _call(node: Node, unknown: Placeholder, depth: int) -> str:
    arguments = node.nodes("args")
    match node.names("funcname")[-1:]:
        case ("format",) if arguments:
            template = _text(arguments[0], unknown, depth)
            return _formatted(template, arguments[1:], depth)
        case ("concat",):
            return "".join(_text(argument, unknown, depth) for argument in arguments)
        case ("quote_ident",) if arguments:
            return _identifier(arguments[0], depth)
        case ("quote_literal" | "quote_nullable",):
            return "''"
        case _:
            return unknown(node)


def _formatted(template: str, arguments: tuple[Node, ...], depth: int) -> str:
    used = 0

    def filled(match: re.Match[str]) -> str:
        nonlocal used
        if match[2] == "%":
            return "%"
        used = int(match[1]) if match[1] else used + 1
        argument = arguments[used - 1] if 0 < used <= len(arguments) else Node("", {})
        match match[2]:
            case "I":
                return _identifier(argument, depth)
            case "L":
                return "''"
            case _:
                return _text(argument, _bare, depth)

    return _FORMAT.sub(filled, template)


def _identifier(node: Node, depth: int) -> str:
    text = _text(node, _spelled, depth)
    return '"' + text.replace('"', '""') + '"'


def _bare(node: Node) -> str:
    return '"' + _spelled(node).replace('"', '""') + '"'


def _spelled(node: Node) -> str:
    names = node.names("fields") or node.names("funcname")
    return _name(".".join(names) or "...")


def _name(text: str) -> str:
    return f"{UNKNOWN}{text}⟩"
