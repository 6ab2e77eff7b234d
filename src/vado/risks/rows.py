"""Which rows a DELETE or UPDATE touches."""

from collections.abc import Iterator

from vado.sql import Node


def commands(node: Node, kind: str) -> Iterator[Node]:
    """Yield the statement itself and those inside its WITH, when of that kind."""
    if node.kind == kind:
        yield node
    explained = node.node("query") if node.kind == "ExplainStmt" else None
    # EXPLAIN ANALYZE runs what it explains.
    if explained is not None and any(
        option.text("defname") == "analyze" for option in node.nodes("options")
    ):
        yield from commands(explained, kind)
    with_clause = node.node("withClause")
    for query in with_clause.nodes("ctes") if with_clause is not None else ():
        inner = query.node("ctequery")
        if inner is not None:
            yield from commands(inner, kind)


def touches_all_rows(node: Node) -> bool:
    """Say whether nothing chooses among the rows: no WHERE, or one that is always true."""
    condition = node.node("whereClause")
    return condition is None or always_true(condition)


def always_true(condition: Node) -> bool:
    """Say whether a condition holds for every row."""
    return _constant(condition, 0) is True


# Nobody writes a condition that is always true deeper than this.
_DEEPEST = 20


def _constant(condition: Node, depth: int) -> bool | None:
    """Return what a condition always is, None when that depends on the row."""
    if condition.kind == "A_Const":
        value = condition.node("boolval")
        return None if value is None else value.flag("boolval")
    if condition.kind == "BoolExpr" and depth < _DEEPEST:
        return _joined(condition, [_constant(part, depth + 1) for part in condition.nodes("args")])
    if condition.kind == "NullTest":
        return _null_test(condition)
    return _comparison(condition)


def _null_test(condition: Node) -> bool | None:
    tested = condition.node("arg")
    if tested is None or tested.kind != "A_Const":
        return None
    return tested.flag("isnull") == (condition.enum("nulltesttype") == "IS_NULL")


def _comparison(condition: Node) -> bool | None:
    left, right = condition.node("lexpr"), condition.node("rexpr")
    if left is None or right is None or condition.names("name") != ("=",):
        return None
    match left.kind, right.kind:
        case "ColumnRef", "ColumnRef":
            # True for every row but those without a value: nobody means it as a choice.
            return left.names("fields") == right.names("fields") or None
        case "A_Const", "A_Const":
            return _value(left) == _value(right)
        case _:
            return None


def _joined(condition: Node, parts: list[bool | None]) -> bool | None:
    match condition.enum("boolop"):
        case "NOT_EXPR":
            return None if parts[0] is None else not parts[0]
        case "OR_EXPR":
            return True if True in parts else None if None in parts else False
        case _:
            return False if False in parts else None if None in parts else True


def _value(constant: Node) -> dict[str, object]:
    return {key: value for key, value in constant.fields.items() if key != "location"}
