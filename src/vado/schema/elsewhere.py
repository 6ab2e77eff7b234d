"""What looks beyond the database: publications, subscriptions, foreign servers; and privileges."""

import json
from typing import Any

from vado.database import load_queries
from vado.schema.secrets import split_connection, split_options
from vado.schema.shelf import Part, Row, Shelf

_REPLICATION = load_queries("vado.schema", "queries/replication.sql")
_FOREIGN = load_queries("vado.schema", "queries/foreign.sql")
_PRIVILEGES = load_queries("vado.schema", "queries/privileges.sql")
SUBSCRIPTIONS_TO_READ = _REPLICATION["subscriptions_to_read"]
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


def publications(shelf: Shelf) -> Part:
    """Add publications with the tables and schemas they name."""
    parts = ("published_parts", "published_schemas")
    named = parts if shelf.server_version >= _PARTS_PUBLISHED else ("published_tables",)
    answers = yield tuple(_REPLICATION[name] for name in (*named, "publications"))
    more: dict[int, Row] = {}
    for _ in named:
        for row in next(answers).rows():
            more.setdefault(row.pop("oid"), {}).update(row)
    for row in next(answers).rows():
        row.update(more.get(row["oid"], {}))
        row["stored"] = f"{row.pop('stored_tables', '')} {row.pop('stored_schemas', '')}"
        shelf.add(row, "publication")


def subscriptions(shelf: Shelf) -> Part:
    """Add subscriptions; secrets are not kept."""
    answers = yield (_REPLICATION["subscriptions"],)
    for row in next(answers).rows():
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


def foreign(shelf: Shelf) -> Part:
    """Add foreign data wrappers, servers and user mappings; secrets are not kept."""
    kinds = {
        "foreign_data_wrappers": "foreign_data_wrapper",
        "foreign_servers": "foreign_server",
        "user_mappings": "user_mapping",
    }
    answers = yield tuple(_FOREIGN[query] for query in kinds)
    for kind in kinds.values():
        for row in next(answers).rows():
            row["foreign_options"], row["secrets"] = split_options(row["foreign_options"])
            shelf.add(row, kind)


def privileges(shelf: Shelf) -> Part:
    """Add default privileges, and grants on what is the system's or an extension's."""
    answers = yield (_PRIVILEGES["default_privileges"],)
    for row in next(answers).rows():
        shelf.add(row, "default_privileges")
    for row in shelf.hanging.strangers(shelf.keys):
        shelf.add(row, "privileges")
