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
    return condition is None or _always_true(condition)


def _always_true(condition: Node) -> bool:
    if condition.kind == "A_Const":
        value = condition.node("boolval")
        return value is not None and value.flag("boolval")
    if condition.kind == "BoolExpr":
        parts = [_always_true(part) for part in condition.nodes("args")]
        kind = condition.enum("boolop")
        return (kind == "OR_EXPR" and any(parts)) or (kind == "AND_EXPR" and all(parts))
    left, right = condition.node("lexpr"), condition.node("rexpr")
    if left is None or right is None or (left.kind, right.kind) != ("A_Const", "A_Const"):
        return False
    return (
        condition.nodes("name") != ()
        and condition.names("name") == ("=",)
        and (_value(left) == _value(right))
    )


def _value(constant: Node) -> dict[str, object]:
    return {key: value for key, value in constant.fields.items() if key != "location"}
