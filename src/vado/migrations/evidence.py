"""What the catalogue tells of a statement outside a transaction whose end nobody saw.

Before such a statement is sent, the journal notes by name what is there, since names, unlike oids,
survive a dump. Afterwards the difference is the evidence: a valid index that was not there before
is the work of a server that went on after Vado was gone; an invalid one is what a cancel leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from vado.database import Identifier, Session, load_queries

if TYPE_CHECKING:
    from vado.sql import Node, Statement

_QUERIES = load_queries("vado.migrations")

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JournalStep:
    """A row of the journal: a statement outside a transaction, and how far it is known to be.

    `found` is what `note` returned before it was sent, None for what leaves no trace.
    """

    version: str
    number: int
    state: Literal["started", "done", "failed"]
    statement: str
    error: str | None
    found: Found | None


def note(session: Session, statement: "Statement") -> dict[str, Any] | None:
    """Return what to remember before *statement* is sent; None where nothing would tell of it."""
    node = statement.node
    if statement.kind == "index_stmt" and node.flag("concurrent"):
        table = _resolved(session, node.node("relation"))
        if table is None:
            return None
        before = [index["name"] for index in _indexes(session, table)]
        return {"kind": "create", **table, "index": node.text("idxname"), "indexes": before}
    if statement.kind == "drop_stmt" and node.flag("concurrent"):
        named = [_resolved_name(session, item.names("items")) for item in node.nodes("objects")]
        return {"kind": "drop", "indexes": [_defined(session, name) for name in named if name]}
    if statement.kind == "reindex_stmt":
        return {"kind": "reindex", "invalid": _half_reindexed(session)}
    if statement.kind == "alter_table_stmt" and not statement.transactional:
        return _note_detach(session, node)
    return None


def _note_detach(session: Session, node: "Node") -> dict[str, Any] | None:
    partition = next((n.node("name") for n in node.walk() if n.kind == "PartitionCmd"), None)
    parent, part = _resolved(session, node.node("relation")), _resolved(session, partition)
    if parent is None or part is None:
        return None
    bound = session.value(_QUERIES["bound"], name=_quoted(name_of(part)))
    checks = checks_of(session, part)
    return {"kind": "detach", "parent": parent, "partition": part, "bound": bound, "checks": checks}


def _defined(session: Session, index: dict[str, str]) -> dict[str, str]:
    """Add what builds the index again."""
    name = _quoted(name_of(index))
    return {**index, "definition": session.value(_QUERIES["index_definition"], name=name)}


def name_of(relation: Mapping[str, str]) -> tuple[str, str]:
    """Return schema and name; the journal, being jsonb, keeps no order of its own."""
    return relation["schema"], relation["name"]


def checks_of(session: Session, table: Mapping[str, str]) -> list[str]:
    """Return the names of a table's check constraints."""
    rows = session.rows(_QUERIES["checks"], schema=table["schema"], name=table["name"])
    return [row["name"] for row in rows]


def carried_out(session: Session, step: JournalStep) -> bool:
    """Say whether the server has carried the statement out, up to what `finish` can do."""
    found = step.found or {}
    kind = found.get("kind")
    if kind == "create":
        made = made_indexes(session, found)
        return len(made) == 1 and bool(made[0]["valid"])
    if kind == "drop":
        left = [index for index in found["indexes"] if state_of(session, index) == "valid"]
        return bool(found["indexes"]) and not left
    return kind == "detach" and attached(session, found) != "attached"


def finish(session: Session, step: JournalStep) -> None:
    """Do what is left of a statement that was carried out for all but the last part."""
    found = step.found or {}
    if found.get("kind") == "drop":
        for index in found["indexes"]:
            if state_of(session, index) == "invalid":
                _drop(session, index)
    if found.get("kind") == "detach" and attached(session, found) == "detaching":
        names = {side: Identifier(*name_of(found[side])) for side in ("parent", "partition")}
        session.execute(_QUERIES["finalize"], identifiers=names)


def leftovers(session: Session, step: JournalStep) -> list[dict[str, str]]:
    """Return the invalid indexes that the statement left behind."""
    found = step.found or {}
    if found.get("kind") == "create":
        made = made_indexes(session, found)
        return [{"schema": i["schema"], "name": i["name"]} for i in made if not i["valid"]]
    if found.get("kind") == "reindex":
        return [index for index in _half_reindexed(session) if index not in found["invalid"]]
    return []


def left_behind(session: Session, step: JournalStep) -> list[str]:
    """Return the names of what `clear` would drop."""
    return [f"{index['schema']}.{index['name']}" for index in leftovers(session, step)]


def clear(session: Session, step: JournalStep) -> list[str]:
    """Drop what the statement left behind, so that it can be sent again; return the names."""
    left = leftovers(session, step)
    for index in left:
        _drop(session, index)
    return [f"{index['schema']}.{index['name']}" for index in left]


def invalid_after_all(session: Session, statement: "Statement") -> str | None:
    """Return the index that `if not exists` found and left as it was, when it is invalid."""
    node = statement.node
    if statement.kind != "index_stmt" or not node.flag("if_not_exists"):
        return None
    table = _resolved(session, node.node("relation"))
    name = node.text("idxname")
    known = [] if table is None else _indexes(session, table)
    return name if any(i["name"] == name and not i["valid"] for i in known) else None


def made_indexes(session: Session, found: Found) -> list[dict[str, Any]]:
    """Return the indexes of the table that were not there before, only the named one if named."""
    table = {"schema": found["schema"], "name": found["name"]}
    new = [i for i in _indexes(session, table) if i["name"] not in found["indexes"]]
    return [i for i in new if not found["index"] or i["name"] == found["index"]]


def _indexes(session: Session, table: Mapping[str, str]) -> list[dict[str, Any]]:
    return session.rows(_QUERIES["indexes"], schema=table["schema"], name=table["name"])


def _half_reindexed(session: Session) -> list[dict[str, str]]:
    return session.rows(_QUERIES["half_reindexed"])


def state_of(session: Session, index: Mapping[str, str]) -> str | None:
    """Return "valid" or "invalid", None where there is no such index."""
    state: str | None = session.value(
        _QUERIES["index_state"], schema=index["schema"], name=index["name"]
    )
    return state


def attached(session: Session, found: Found) -> str:
    """Return whether the partition that was noted is attached, detaching or detached."""
    parent, part = found["parent"], found["partition"]
    state: str = session.value(
        _QUERIES["attached"],
        parent_schema=parent["schema"],
        parent=parent["name"],
        schema=part["schema"],
        name=part["name"],
    )
    return state


def _drop(session: Session, index: Mapping[str, str]) -> None:
    name = Identifier(index["schema"], index["name"])
    session.execute(_QUERIES["drop_index"], identifiers={"index": name})


def _resolved(session: Session, relation: "Node | None") -> dict[str, str] | None:
    if relation is None:
        return None
    return _resolved_name(session, (relation.text("schemaname"), relation.text("relname")))


def _resolved_name(session: Session, parts: tuple[str, ...]) -> dict[str, str] | None:
    """Return schema and name of a relation as the session sees it now."""
    return session.row(_QUERIES["relation"], name=_quoted(parts))


def _quoted(parts: tuple[str, ...]) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts if part)
