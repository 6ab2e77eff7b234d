"""Which statements cannot run inside a transaction block.

Each of these answers 25001 inside BEGIN on a real server (tests/integration/sql). Two depend on
what the text does not say: `reindex` and `cluster` of one table are refused only when the table is
partitioned, so they stay inside, and `migrate:up transaction:false` is for that case.
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

_REFRESHING = frozenset(
    {
        "ALTER_SUBSCRIPTION_REFRESH",
        "ALTER_SUBSCRIPTION_REFRESH_PUBLICATION",
        "ALTER_SUBSCRIPTION_SET_PUBLICATION",
        "ALTER_SUBSCRIPTION_ADD_PUBLICATION",
        "ALTER_SUBSCRIPTION_DROP_PUBLICATION",
    }
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
    return node.enum("kind") in _WHOLE_DATABASE or _option(node, "params", "concurrently") is True


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
    return not any(_option(node, "options", name) is False for name in ("create_slot", "connect"))


def _subscription_refreshed(node: Node) -> bool:
    # Refused for a subscription that is enabled or has a slot; the text does not show which.
    kind = node.enum("kind")
    if kind == "ALTER_SUBSCRIPTION_OPTIONS":
        return any(_has_option(node, "options", name) for name in ("failover", "two_phase"))
    return kind in _REFRESHING and _option(node, "options", "refresh") is not False


def _subscription_dropped(_node: Node) -> bool:
    return True  # refused when it has a slot, which the text does not show


def _alter_database_tablespace(node: Node) -> bool:
    return _has_option(node, "options", "tablespace")


def _discard_all(node: Node) -> bool:
    return node.enum("target") == "DISCARD_ALL"


def _has_option(node: Node, field: str, name: str) -> bool:
    return any(option.text("defname") == name for option in node.nodes(field))


def _option(node: Node, field: str, name: str) -> bool | None:
    """Return an option's value as PostgreSQL reads truth values; None where it is not given."""
    for option in node.nodes(field):
        if option.text("defname") == name:
            return _truth(option.node("arg"))
    return None


def _truth(value: Node | None) -> bool:
    if value is None:
        return True
    if value.kind == "Integer":
        return value.number("ival") != 0
    # A word that is no keyword of truth, such as `off`, is parsed as the name of a type.
    words = value.names("names") or (value.text("sval"),)
    return words[-1].lower() not in {"false", "off"}


_RULES = {
    "IndexStmt": _index_concurrently,
    "DropStmt": _index_concurrently,
    "ReindexStmt": _reindex,
    "VacuumStmt": _vacuum,
    "ClusterStmt": _cluster_everything,
    "AlterTableStmt": _detach_concurrently,
    "CreateSubscriptionStmt": _subscription_with_slot,
    "AlterSubscriptionStmt": _subscription_refreshed,
    "DropSubscriptionStmt": _subscription_dropped,
    "AlterDatabaseStmt": _alter_database_tablespace,
    "DiscardStmt": _discard_all,
}
