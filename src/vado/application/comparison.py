"""Comparing any two databases, and a schema with what the pending migrations make of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from vado.database import Target, connect, parse_url
from vado.schema import Catalogue, diff_databases, read_catalogue

FORMAT = 1


def compare_databases(from_url: str, to_url: str) -> dict[str, Any]:
    """Return what makes the database at *to_url* different from the one at *from_url*."""
    targets = [parse_url(from_url), parse_url(to_url)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        before, after = pool.map(_read, targets)
    changes = diff_databases(before, after)
    return {
        "format": FORMAT,
        "equal": not changes,
        "changes": [
            {
                "kind": change.kind,
                "identity": change.identity,
                "action": change.action,
                "destructive": change.destructive,
                "new_identity": change.new_identity,
                "details": [detail.to_json() for detail in change.details],
            }
            for change in changes
        ],
        "not_compared": _not_compared(before, after),
    }


def _read(target: Target) -> Catalogue:
    with connect(target, application_name="vado diff", read_only=True) as session:
        return read_catalogue(session)


def _not_compared(*catalogues: Catalogue) -> list[dict[str, Any]]:
    """Return the kinds that were seen and not compared, with the larger count of the two sides."""
    found: dict[str, int] = {}
    for catalogue in catalogues:
        for kind, count in catalogue.not_compared:
            found[kind] = max(count, found.get(kind, 0))
    return [{"kind": kind, "count": count} for kind, count in sorted(found.items())]
