"""One short text for a whole schema: equal as long as the schema says the same.

Computed over the model, not over OIDs, not over the order in which objects were made, and not over
the server's spelling of expressions, so a dump and its restore have the same fingerprint. Access
(owners, grants), storage places (tablespaces) and versions of extensions are left out: they are
not structure, and a restore elsewhere rightly sets them otherwise. They are compared by the diff.
"""

import hashlib
import json

from vado.schema.comparison import canonical, compared, derived
from vado.schema.model import Catalogue, CatalogueObject, Property

_FORMAT = "v1"
_NOT_STRUCTURE = frozenset(
    {"owner", "grants", "column_grants", "identity_grants", "secrets", "tablespace", "version"}
)
_ACCESS = frozenset({"default_privileges", "privileges"})
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
    written: dict[int, str] = {}
    lines = []
    for item in catalogue.objects:
        if item.kind in _ACCESS or derived(item):
            continue
        if item.definition is None:
            # Thousands of columns share one mapping of properties.
            text = written.get(id(item.properties)) or _text(item)
            written[id(item.properties)] = text
        else:
            text = _text(item)
        lines.append(f"{item.kind} {json.dumps(item.identity)} {text}")
    lines.extend(
        f"column_order {json.dumps(table)} {json.dumps(columns)}"
        for table, columns in column_order(catalogue).items()
    )
    return lines


def _text(item: CatalogueObject) -> str:
    found: list[tuple[str, Property]] = sorted(
        (name, canonical(item, name, value))
        for name, value in compared(item)
        if name not in _NOT_STRUCTURE
    )
    return json.dumps(found, separators=(",", ":"))


def column_order(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the columns of each table, by their identities, in their order.

    Not for children of inheritance: a dump puts what they inherit first, whatever was added when.
    """
    inheriting = {
        item.identity
        for item in catalogue.of_kind("table", "foreign_table")
        if item.texts("inherits") and item.text("partition_bound") is None
    }
    # Columns are read in their order.
    order: dict[str, list[str]] = {}
    for item in catalogue.objects:
        if item.kind == "column" and item.parent is not None and item.parent not in inheriting:
            order.setdefault(item.parent, []).append(item.identity)
    return order
