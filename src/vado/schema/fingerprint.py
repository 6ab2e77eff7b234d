"""One short text for a whole schema: equal as long as the schema says the same.

Computed over the model, not over OIDs, not over the order in which objects were made, and not over
the server's spelling of expressions, so a dump and its restore have the same fingerprint. Access
(owners, grants), storage places (tablespaces) and versions of extensions are left out: they are
not structure, and a restore elsewhere rightly sets them otherwise. They are compared by the diff.
"""

import hashlib
import json

from vado.schema.comparison import canonical, compared
from vado.schema.model import Catalogue, CatalogueObject, Property

_FORMAT = "v1"
_NOT_STRUCTURE = frozenset(
    {"owner", "grants", "column_grants", "tablespace", "version", "not_compared"}
)
_VERSION_PER_MAJOR = 10_000


def fingerprint(catalogue: Catalogue) -> str:
    """Return `v1:<major version of the server>:<sha256>`.

    Across major versions the spelling of the server differs, so only equal majors compare.
    """
    digest = hashlib.sha256()
    for line in sorted(_lines(catalogue)):
        digest.update(line.encode())
        digest.update(b"\n")
    return f"{_FORMAT}:{catalogue.server_version // _VERSION_PER_MAJOR}:{digest.hexdigest()}"


def _lines(catalogue: Catalogue) -> list[str]:
    ranks = column_ranks(catalogue)
    written: dict[int, str] = {}
    lines = []
    for item in catalogue.objects:
        if item.definition is None:
            # Thousands of columns share one mapping of properties.
            text = written.get(id(item.properties)) or _text(item)
            written[id(item.properties)] = text
        else:
            text = _text(item)
        rank = ranks.get((item.oid, item.subid)) if item.kind == "column" else None
        lines.append(json.dumps([item.kind, item.identity, rank]) + text)
    return lines


def _text(item: CatalogueObject) -> str:
    found: list[tuple[str, Property]] = sorted(
        (name, canonical(item, name, value))
        for name, value in compared(item)
        if name not in _NOT_STRUCTURE
    )
    return json.dumps(found, separators=(",", ":"))


def column_ranks(catalogue: Catalogue) -> dict[tuple[int, int], int]:
    """Return the place of each column among those of its table.

    Not for children of inheritance: a dump puts what they inherit first, whatever was added when.
    """
    inheriting = {
        item.oid
        for item in catalogue.of_kind("table", "foreign_table")
        if item.texts("inherits") and item.text("partition_bound") is None
    }
    places = sorted(
        (item.oid, item.subid)
        for item in catalogue.objects
        if item.kind == "column" and item.oid not in inheriting
    )
    ranks: dict[tuple[int, int], int] = {}
    table, rank = 0, 0
    for oid, subid in places:
        table, rank = (oid, rank + 1) if oid == table else (oid, 1)
        ranks[oid, subid] = rank
    return ranks
