"""One spelling for what PostgreSQL prints in several ways.

After a dump and a restore the server prints some expressions otherwise than before, though they
mean the same: the cast of a list moves to its elements (`status in ('new', 'paid')` on a varchar
column), and joined conditions lose or gain parentheses. Both are settled on the parse tree.
"""

import json
import re
from functools import lru_cache
from typing import Any

from vado.sql.parser import ParseFailure, parse

Tree = dict[str, Any]

_PLACES = frozenset({"location", "list_start", "list_end", "rexpr_list_start", "rexpr_list_end"})
# Only texts with one of these are ever printed in two ways: the others need not be parsed.
_MAY_VARY = re.compile(r"ARRAY\[| AND | OR |\( ?VALUES ")
_CACHED_TEXTS = 20_000


def canonical_expression(text: str) -> str:
    """Return one spelling for an expression, made for comparing, not for reading.

    A text that the parser cannot read is returned as it is.
    """
    return _canonical("select " + text) or text if _MAY_VARY.search(text) else text


def canonical_statement(text: str) -> str:
    """Return one spelling for a whole statement, made for comparing, not for reading."""
    return _canonical(text) or text if _MAY_VARY.search(text) else text


@lru_cache(_CACHED_TEXTS)
def _canonical(statement: str) -> str | None:
    try:
        found = parse(statement)
        trees = [{raw.kind: _normal(raw.fields)} for raw in found]
    except (ParseFailure, RecursionError):
        return None
    return json.dumps(trees, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical_query(text: str) -> str:
    """Return one spelling for the query of a view, also across major versions.

    Where a query reads one relation only, PostgreSQL 16 left the relation's name away before its
    columns; older ones write it.
    """
    try:
        trees = [{raw.kind: _normal(_unqualified(raw.fields))} for raw in parse(text)]
    except (ParseFailure, RecursionError):
        return text
    return json.dumps(trees, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _unqualified(select: Tree) -> Tree:
    source = select.get("fromClause", ())
    name = _name_of(source[0]) if len(source) == 1 else None
    if name is None:
        return select
    kept = {"fromClause": source, "withClause": select.get("withClause")}
    rest = {field: value for field, value in select.items() if field not in kept}
    found = _without(name, rest)
    return {**found, **{field: value for field, value in kept.items() if value is not None}}


def _name_of(source: Tree) -> str | None:
    """Return what columns of the only thing a query reads are qualified by."""
    kind, fields = next(iter(source.items()))
    if kind == "RangeTableSample":
        kind, fields = next(iter(fields["relation"].items()))
    alias = fields.get("alias", {}).get("aliasname") if isinstance(fields, dict) else None
    return alias or (fields.get("relname") if kind == "RangeVar" else None)


def _without(name: str, value: Any) -> Any:  # noqa: ANN401 (JSON data)
    if isinstance(value, list):
        return [_without(name, item) for item in value]
    if not isinstance(value, dict):
        return value
    # What stands inside another query is qualified everywhere.
    if "SelectStmt" in value:
        return value
    if "ColumnRef" in value:
        fields = value["ColumnRef"]["fields"]
        if len(fields) > 1 and fields[0].get("String", {}).get("sval") == name:
            return {"ColumnRef": {**value["ColumnRef"], "fields": fields[1:]}}
    return {field: _without(name, item) for field, item in value.items()}


def _normal(value: Any) -> Any:  # noqa: ANN401 (JSON data)
    if isinstance(value, list):
        return [_normal(item) for item in value]
    if not isinstance(value, dict):
        return value
    tree = {name: _normal(field) for name, field in value.items() if name not in _PLACES}
    if "BoolExpr" in tree:
        return {"BoolExpr": _flat(tree["BoolExpr"])}
    if "TypeCast" in tree:
        return _cast(tree["TypeCast"]["arg"], tree["TypeCast"]["typeName"])
    return tree


def _flat(condition: Tree) -> Tree:
    # `a and (b and c)` and `(a and b) and c` are one list.
    operator = condition["boolop"]
    arguments: list[Any] = []
    for argument in condition["args"]:
        inner = argument.get("BoolExpr")
        if inner is not None and inner["boolop"] == operator != "NOT_EXPR":
            arguments.extend(inner["args"])
        else:
            arguments.append(argument)
    return {"boolop": operator, "args": arguments}


def _cast(argument: Tree, type_name: Tree) -> Tree:
    """Move the cast of a list to its elements, as PostgreSQL does when it reads its own text."""
    array = argument.get("A_ArrayExpr")
    if array is not None and array.get("elements") and type_name.get("arrayBounds"):
        element = {name: field for name, field in type_name.items() if name != "arrayBounds"}
        return {
            "A_ArrayExpr": {
                "elements": [
                    _cast(item, type_name if "A_ArrayExpr" in item else element)
                    for item in array["elements"]
                ]
            }
        }
    if argument.get("TypeCast", {}).get("typeName") == type_name:
        return argument
    return {"TypeCast": {"arg": argument, "typeName": type_name}}
