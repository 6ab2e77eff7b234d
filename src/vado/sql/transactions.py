"""Which statements cannot run inside a transaction block.

The list was tried on PostgreSQL 14 to 18: each of these answers 25001 inside BEGIN.
"""

from vado.sql.node import Node

_ALWAYS = frozenset(
    {
        "CreatedbStmt",
        "DropdbStmt",
        "CreateTableSpaceStmt",
        "DropTableSpaceStmt",
        "AlterSystemStmt",
    }
)
_WHOLE_DATABASE = frozenset(
    {"REINDEX_OBJECT_SCHEMA", "REINDEX_OBJECT_SYSTEM", "REINDEX_OBJECT_DATABASE"}
)


def runs_in_transaction(node: Node) -> bool:
    """Say whether PostgreSQL accepts the statement inside a transaction block."""
    if node.kind in _ALWAYS:
        return False
    rule = _RULES.get(node.kind)
    return rule is None or not rule(node)


def _index_concurrently(node: Node) -> bool:
    return node.flag("concurrent")


def _reindex(node: Node) -> bool:
    return node.enum("kind") in _WHOLE_DATABASE or _has_option(node, "params", "concurrently")


def _vacuum(node: Node) -> bool:
    return node.flag("is_vacuumcmd")


def _cluster_everything(node: Node) -> bool:
    return node.node("relation") is None


def _detach_concurrently(node: Node) -> bool:
    return any(
        command.enum("subtype") == "AT_DetachPartition"
        and (partition := command.node("def")) is not None
        and partition.flag("concurrent")
        for command in node.nodes("cmds")
    )


def _subscription_with_slot(node: Node) -> bool:
    for option in node.nodes("options"):
        value = option.node("arg")
        off = value is not None and (
            value.text("sval") in {"false", "off"}
            or (value.has("boolval") and not value.flag("boolval"))
        )
        if option.text("defname") in {"create_slot", "connect"} and off:
            return False
    return True


def _alter_database_tablespace(node: Node) -> bool:
    return _has_option(node, "options", "tablespace")


def _discard_all(node: Node) -> bool:
    return node.enum("target") == "DISCARD_ALL"


def _has_option(node: Node, field: str, name: str) -> bool:
    return any(option.text("defname") == name for option in node.nodes(field))


_RULES = {
    "IndexStmt": _index_concurrently,
    "DropStmt": _index_concurrently,
    "ReindexStmt": _reindex,
    "VacuumStmt": _vacuum,
    "ClusterStmt": _cluster_everything,
    "AlterTableStmt": _detach_concurrently,
    "CreateSubscriptionStmt": _subscription_with_slot,
    "AlterDatabaseStmt": _alter_database_tablespace,
    "DiscardStmt": _discard_all,
}
