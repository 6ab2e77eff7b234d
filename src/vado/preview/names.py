"""Identities as PostgreSQL quotes them, and which objects a list of changes touches."""

import re
from collections.abc import Iterator, Sequence

from vado.schema import Catalogue, Change

_PART = re.compile(r'"((?:[^"]|"")*)"|([^".]+)')
_PARTS_OF_TABLES = frozenset({"column", "constraint", "index", "trigger", "policy", "rule"})


def split_identity(identity: str) -> tuple[str, ...]:
    """Return the plain parts of an identity such as `public."My table".id`."""
    return tuple(
        match[1].replace('""', '"') if match[1] is not None else match[2]
        for match in _PART.finditer(identity)
    )


def touched(catalogue: Catalogue, changes: Sequence[Change]) -> frozenset[str]:
    """Return the identities to show on this side: what changed, or the table it belongs to."""
    return frozenset(identity for change in changes for identity in _shown(catalogue, change))


def _shown(catalogue: Catalogue, change: Change) -> Iterator[str]:
    for identity in (change.identity, change.new_identity):
        found = None if identity is None else catalogue.find(change.kind, identity)
        if found is None:
            continue
        if found.parent is not None and found.kind in _PARTS_OF_TABLES:
            yield found.parent
        else:
            yield found.identity
