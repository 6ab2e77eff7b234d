"""What hangs on objects of any kind: comments, security labels, grants, ties to extensions."""

from collections.abc import Collection, Iterator
from typing import Any

from vado.database import Answer, load_queries
from vado.schema.model import Property

Key = tuple[str, int, int]
Entries = dict[str, Property]

_QUERIES = load_queries("vado.schema", "queries/attached.sql")
_PRIVILEGES = load_queries("vado.schema", "queries/privileges.sql")
_NOTHING: Entries = {}


class Hanging:
    """By the place of what it hangs on: the class, OID and column number of PostgreSQL's entry."""

    asks = (
        _QUERIES["comments"],
        _QUERIES["labels"],
        _PRIVILEGES["grants"],
        _QUERIES["depending_on_extensions"],
    )

    def __init__(self) -> None:
        self._lists: dict[Key, dict[str, list[str]]] = {}
        self._parts: dict[tuple[str, int], dict[str, list[str]]] = {}
        self._strangers: dict[Key, dict[str, Any]] = {}

    def take(self, answers: Iterator[Answer]) -> None:
        """Take the answers to what it asks."""
        for name in ("comments", "security_labels", "grants"):
            self._take(name, next(answers))
        for row in next(answers).rows():
            place = self._lists.setdefault((row["class"], row["oid"], 0), {})
            place.setdefault("depends_on_extensions", []).append(row["extension"])

    def _take(self, name: str, answer: Answer) -> None:
        for row in answer.rows():
            key = (row["class"], row["oid"], row["subid"])
            self._lists.setdefault(key, {}).setdefault(name, []).append(row["value"])
            if row.get("identity") is not None:
                self._strangers[key] = row
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
        found = [
            {
                "oid": row["oid"],
                "subid": row["subid"],
                "object_kind": row["object_kind"],
                "identity": row["identity"],
                "grants": self.on(key)["grants"],
            }
            for key, row in self._strangers.items()
            if key not in known
        ]
        return sorted(found, key=lambda row: row["identity"])
