"""A *down* section for common changes, read off the text of *up*: offered, never written unasked.

All or nothing: where one statement has no way back that its text alone tells, there is no proposal.
"""

from vado.migrations.inverse import Left, inverse_of
from vado.migrations.spelling import Name
from vado.sql import Node, Statement, parse_script

# They change nothing that would have to be taken back.
WITHOUT_TRACE = frozenset(
    {
        "check_point_stmt",
        "constraints_set_stmt",
        "lock_stmt",
        "reindex_stmt",
        "vacuum_stmt",
        "variable_set_stmt",
    }
)
_CREATES = frozenset({"create_stmt", "create_table_as_stmt"})


def propose_down(up_sql: str) -> str | None:
    """Return statements that take *up_sql* back, last one first; None when that is not known.

    What may have been there before (`if not exists`) and grants and comments are left as they are,
    with a comment that says so.
    """
    script = parse_script(up_sql)
    if script.errors or not script.statements:
        return None
    made = Made()
    ways_back: list[str] = []
    for statement in script.statements:
        way_back = _way_back(statement, made)
        if way_back is None:
            return None
        ways_back.insert(0, way_back)
        made.take(statement)
    found = [text for text in ways_back if text]
    if all(text.startswith("--") for text in found):
        return None
    return "\n".join(found)


def _way_back(statement: Statement, made: "Made") -> str | None:
    """Return the way back of one statement: "" where nothing is to be done, None: not known."""
    if statement.kind in WITHOUT_TRACE or made.covers(statement):
        return ""
    try:
        return inverse_of(statement)
    except Left as left:
        return f"-- stays: {left.what}"


class Made:
    """The tables that the script itself makes: what is done to them goes when they go."""

    def __init__(self) -> None:
        self._tables: set[Name] = set()

    def take(self, statement: Statement) -> None:
        """Take note of a table that the statement makes, or names otherwise."""
        node = statement.node
        if statement.kind in _CREATES and not node.flag("if_not_exists"):
            into = node.node("relation") or (node.node("into") or node).node("rel")
            if into is not None:
                self._tables.add(_relation(into))
        elif statement.kind == "rename_stmt" and node.enum("renameType") == "OBJECT_TABLE":
            before = _relation(node.node("relation"))
            if before in self._tables:
                self._tables.remove(before)
                self._tables.add((*before[:-1], node.text("newname")))

    def covers(self, statement: Statement) -> bool:
        """Say whether it only adds to, or fills, a table that goes again."""
        if statement.kind not in _PARTS:
            return False
        node = statement.node
        if statement.kind == "rename_stmt" and node.enum("renameType") == "OBJECT_TABLE":
            return False
        return _relation(node.node("relation") or node.node("table")) in self._tables


_PARTS = frozenset(
    {
        "alter_table_stmt",
        "create_policy_stmt",
        "create_trig_stmt",
        "index_stmt",
        "insert_stmt",
        "rename_stmt",
        "rule_stmt",
        "update_stmt",
    }
)


def _relation(node: Node | None) -> Name:
    if node is None:
        return ()
    return tuple(part for part in (node.text("schemaname"), node.text("relname")) if part)
