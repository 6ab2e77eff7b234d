"""What looks beyond the database: publications, subscriptions, foreign servers; and privileges."""

import json
from typing import Any

from vado.database import load_queries
from vado.schema.secrets import split_connection, split_options
from vado.schema.shelf import Row, Shelf

_REPLICATION = load_queries("vado.schema", "queries/replication.sql")
_FOREIGN = load_queries("vado.schema", "queries/foreign.sql")
_PRIVILEGES = load_queries("vado.schema", "queries/privileges.sql")
_PARTS_PUBLISHED = 150000

# Options of subscriptions: the field, the option, and what is usual (and not told).
_FLAGS = {
    "subbinary": ("binary", False),
    "subdisableonerr": ("disable_on_error", False),
    "subpasswordrequired": ("password_required", True),
    "subrunasowner": ("run_as_owner", False),
    "subfailover": ("failover", False),
}
_STREAMING = {True: "on", "t": "on", "p": "parallel"}


def publications(shelf: Shelf) -> None:
    """Add publications with the tables and schemas they name."""
    parts = shelf.session.server_version >= _PARTS_PUBLISHED
    tables = shelf.session.rows(_REPLICATION["published_parts" if parts else "published_tables"])
    schemas = shelf.session.rows(_REPLICATION["published_schemas"]) if parts else []
    more: dict[int, Row] = {}
    for row in (*tables, *schemas):
        more.setdefault(row.pop("oid"), {}).update(row)
    for row in shelf.session.rows(_REPLICATION["publications"]):
        row.update(more.get(row["oid"], {}))
        row["stored"] = f"{row.pop('stored_tables', '')} {row.pop('stored_schemas', '')}"
        shelf.add(row, "publication")


def subscriptions(shelf: Shelf) -> None:
    """Add subscriptions, if their connection strings may be read; secrets are not kept."""
    if not shelf.session.value(_REPLICATION["subscriptions_readable"]):
        return
    for row in shelf.session.rows(_REPLICATION["subscriptions"]):
        row["connection"], row["secrets"] = split_connection(row["connection"])
        row["options"] = _options(row.pop("more"))
        shelf.add(row, "subscription")


def _options(more: dict[str, Any] | str) -> list[str]:
    found = json.loads(more) if isinstance(more, str) else more
    options = [
        f"{name}={str(found[field]).lower()}"
        for field, (name, usual) in _FLAGS.items()
        if found.get(field, usual) is not usual
    ]
    if (streaming := _STREAMING.get(found.get("substream", "f"))) is not None:
        options.append(f"streaming={streaming}")
    if found.get("subtwophasestate", "d") != "d":
        options.append("two_phase=true")
    if found.get("suborigin", "any") != "any":
        options.append(f"origin={found['suborigin']}")
    if found["subsynccommit"] != "off":
        options.append(f"synchronous_commit={found['subsynccommit']}")
    return sorted(options)


def foreign(shelf: Shelf) -> None:
    """Add foreign data wrappers, servers and user mappings; secrets are not kept."""
    kinds = {
        "foreign_data_wrappers": "foreign_data_wrapper",
        "foreign_servers": "foreign_server",
        "user_mappings": "user_mapping",
    }
    for query, kind in kinds.items():
        for row in shelf.session.rows(_FOREIGN[query]):
            row["foreign_options"], row["secrets"] = split_options(row["foreign_options"])
            shelf.add(row, kind)


def privileges(shelf: Shelf) -> None:
    """Add default privileges, and grants on what is the system's or an extension's."""
    for row in shelf.session.rows(_PRIVILEGES["default_privileges"]):
        shelf.add(row, "default_privileges")
    for row in shelf.hanging.strangers(shelf.keys):
        shelf.add(row, "privileges")
