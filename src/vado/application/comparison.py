"""Comparing any two databases, and the migration that takes one to the other."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from vado.database import Target, connect, parse_url
from vado.schema import Catalogue, diff_databases, read_catalogue

if TYPE_CHECKING:
    from vado.preview import Generated, Side

FORMAT = 1


def compare_databases(from_url: str, to_url: str) -> dict[str, Any]:
    """Return what makes the database at *to_url* different from the one at *from_url*."""
    targets = [parse_url(from_url), parse_url(to_url)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        before, after = pool.map(_read, targets)
    return _document(before, after)


def generate_migration(from_url: str, to_url: str) -> dict[str, Any]:
    """Return the comparison with the migration from one to the other: `sql`, `cannot`, `proof`."""
    from vado.preview import generate  # noqa: PLC0415 (a plain comparison does without)

    targets = [parse_url(from_url), parse_url(to_url)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        (before, runner), (after, _) = pool.map(_read_side, targets)
    found = generate(targets[0], before, after, runner)
    return {**_document(before.catalogue, after.catalogue), **_generated(found)}


def _generated(found: "Generated") -> dict[str, Any]:
    return {
        "sql": found.draft.sql,
        "cannot": [item.to_json() for item in found.draft.cannot],
        "proof": found.proof_json(),
        "complete": found.complete,
    }


def _document(before: Catalogue, after: Catalogue) -> dict[str, Any]:
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


def _read_side(target: Target) -> "tuple[Side, str | None]":
    from vado.preview import read_side  # noqa: PLC0415 (a plain comparison does without)

    with connect(target, application_name="vado diff", read_only=True) as session:
        return read_side(session), session.value("select current_user")


def _not_compared(*catalogues: Catalogue) -> list[dict[str, Any]]:
    """Return the kinds that were seen and not compared, with the larger count of the two sides."""
    found: dict[str, int] = {}
    for catalogue in catalogues:
        for kind, count in catalogue.not_compared:
            found[kind] = max(count, found.get(kind, 0))
    return [{"kind": kind, "count": count} for kind, count in sorted(found.items())]
