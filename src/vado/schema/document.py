"""A comparison of two databases as plain JSON data (docs/schemas/diff.schema.json)."""

from typing import Any

from vado.schema.diff import diff_databases
from vado.schema.model import Catalogue, Change
from vado.schema.renames import rename_candidates

_FORMAT = 1
_COLUMN_ORDER = "column_order"


def comparison_document(from_: Catalogue, to: Catalogue) -> dict[str, Any]:
    """Return what makes *to* different from *from_*, with questions and remarks beside it.

    Columns that only stand in another order are a remark: no migration can change that, and
    statements that name their columns do not see it.
    """
    found = diff_databases(from_, to)
    changes = [change for change in found if not _is_order_only(change)]
    return {
        "format": _FORMAT,
        "equal": not changes,
        "changes": [change.to_json() for change in changes],
        "rename_candidates": [one.to_json() for one in rename_candidates(from_, to)],
        "remarks": [_remark(change) for change in found if _is_order_only(change)],
        "not_compared": _not_compared(from_, to),
    }


def _is_order_only(change: Change) -> bool:
    return bool(change.details) and all(d.property == _COLUMN_ORDER for d in change.details)


def _remark(change: Change) -> dict[str, Any]:
    [detail] = change.details
    return {"code": _COLUMN_ORDER, "identity": change.identity, **detail.to_json()}


def _not_compared(*catalogues: Catalogue) -> list[dict[str, Any]]:
    """Return the kinds that were seen and not compared, with the larger count of the two sides."""
    found: dict[str, int] = {}
    for catalogue in catalogues:
        for kind, count in catalogue.not_compared:
            found[kind] = max(count, found.get(kind, 0))
    return [{"kind": kind, "count": count} for kind, count in sorted(found.items())]
