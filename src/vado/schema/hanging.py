"""What hangs on objects of any kind: comments, security labels, grants, ties to extensions."""

from collections.abc import Collection, Iterable
from typing import Any

from vado.database import Session, load_queries
from vado.schema.model import Property

Key = tuple[str, int, int]
Entries = dict[str, Property]

_QUERIES = load_queries("vado.schema", "queries/attached.sql")
_PRIVILEGES = load_queries("vado.schema", "queries/privileges.sql")
_NOTHING: Entries = {}


class Hanging:
    """By the place of what it hangs on: the class, OID and column number of PostgreSQL's entry."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lists: dict[Key, dict[str, list[str]]] = {}
        self._parts: dict[tuple[str, int], dict[str, list[str]]] = {}
        self._take("comments", session.rows(_QUERIES["comments"]))
        self._take("security_labels", session.rows(_QUERIES["labels"]))
        self._take("grants", session.rows(_PRIVILEGES["grants"]))
        for row in session.rows(_QUERIES["depending_on_extensions"]):
            place = self._lists.setdefault((row["class"], row["oid"], 0), {})
            place.setdefault("depends_on_extensions", []).append(row["extension"])

    def _take(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        for row in rows:
            key = (row["class"], row["oid"], row["subid"])
            self._lists.setdefault(key, {}).setdefault(name, []).append(row["value"])
            if row["subid"]:
                parts = self._parts.setdefault(key[:2], {})
                parts.setdefault(f"column_{name}", []).append(f"{row['part']}: {row['value']}")

    def on(self, key: Key) -> Entries:
        """Return what hangs on an object."""
        found = self._lists.get(key)
        if found is None:
            return _NOTHING
        entries: Entries = {name: tuple(texts) for name, texts in found.items()}
        if comments := entries.pop("comments", None):
            entries["comment"] = comments[0] if isinstance(comments, tuple) else None
        return entries

    def on_parts(self, key: Key) -> Entries:
        """Return what hangs on the columns of an object whose columns are no objects."""
        return {name: tuple(sorted(texts)) for name, texts in self._parts.get(key[:2], {}).items()}

    def strangers(self, known: Collection[Key]) -> list[dict[str, Any]]:
        """Return what users have granted on things of the system's or of extensions."""
        others = [key for key, found in self._lists.items() if "grants" in found]
        others = [key for key in others if key not in known and key[0] != "pg_default_acl"]
        if not others:
            return []
        rows = self._session.rows(
            _PRIVILEGES["strangers"],
            classes=[key[0] for key in others],
            oids=[key[1] for key in others],
            subids=[key[2] for key in others],
        )
        for row in rows:
            row["grants"] = self.on((row.pop("class"), row["oid"], row["subid"]))["grants"]
        return rows
