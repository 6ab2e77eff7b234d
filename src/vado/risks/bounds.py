"""Whether a table's own checks prove that its rows belong into a partition: then none is read."""

import re
from collections.abc import Iterator

from vado.risks.tables import Table
from vado.sql import Node

_KEY = re.compile(r"(?P<how>RANGE|LIST) \((?P<column>[^(), ]+)\)\Z")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")


def proves_bound(partition: Table, key: str, bound: Node) -> bool:
    """Say whether validated checks imply the bound; *key* as the server prints it: RANGE (day)."""
    match = _KEY.match(key)
    if match is None or bound.flag("is_default"):
        return False
    column = match["column"].strip('"')
    found = list(_comparisons(partition, column))
    if match["how"] == "LIST":
        wanted = {_constant(node) for node in bound.nodes("listdatums")}
        return partition.proves_not_null(column) and any(
            operator == "in" and values <= wanted for operator, values in found
        )
    lower, upper = bound.nodes("lowerdatums"), bound.nodes("upperdatums")
    return (
        len(lower) == len(upper) == 1
        and partition.proves_not_null(column)
        and _holds(found, ">=", lower[0])
        and _holds(found, "<", upper[0])
    )


def _holds(found: list[tuple[str, frozenset[str]]], operator: str, datum: Node) -> bool:
    wanted = _constant(datum)
    # MINVALUE and MAXVALUE are no constants: nothing has to be proved.
    if not wanted:
        return True
    for written, values in found:
        [value] = values if len(values) == 1 else [""]
        lower = operator == ">="
        strict = written == ("<" if not lower else ">")
        if written in ({">=", ">", "in"} if lower else {"<"} | {"in"}) and _beyond(
            value, wanted, lower=lower, equal=lower or strict
        ):
            return True
    return False


def _beyond(value: str, wanted: str, *, lower: bool, equal: bool) -> bool:
    if value == wanted:
        return equal
    if _NUMBER.match(value) and _NUMBER.match(wanted):
        return float(value) > float(wanted) if lower else float(value) < float(wanted)
    if _ISO.match(value) and _ISO.match(wanted) and len(value) == len(wanted):
        return value > wanted if lower else value < wanted
    return False


def _comparisons(table: Table, column: str) -> Iterator[tuple[str, frozenset[str]]]:
    for constraint in table.constraints.values():
        node = constraint.node if constraint.validated else None
        if node is not None and constraint.kind == "CONSTR_CHECK":
            yield from _of_expression(node.node("raw_expr"), column)


def _of_expression(expression: Node | None, column: str) -> Iterator[tuple[str, frozenset[str]]]:
    if expression is None:
        return
    if expression.enum("boolop") == "AND_EXPR":
        for part in expression.nodes("args"):
            yield from _of_expression(part, column)
        return
    left, right = expression.node("lexpr"), expression.node("rexpr")
    if left is None or right is None or _inner(left).names("fields") != (column,):
        return
    operator = "".join(expression.names("name"))
    values = right.nodes("items") or _inner(right).nodes("elements")
    if values and operator == "=":
        yield "in", frozenset(_constant(value) for value in values)
    elif operator == "=":
        yield "in", frozenset({_constant(right)})
    else:
        yield operator, frozenset({_constant(right)})


def _inner(node: Node) -> Node:
    while node.kind == "TypeCast" and (inside := node.node("arg")) is not None:
        node = inside
    return node


def _constant(node: Node) -> str:
    """Return a constant as text, "" for anything else."""
    node = _inner(node)
    if (text := node.node("sval")) is not None:
        return text.text("sval")
    if (number := node.node("fval")) is not None:
        return number.text("fval")
    if (number := node.node("ival")) is not None:
        return str(number.number("ival"))
    return ""
