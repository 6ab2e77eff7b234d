"""A comparison of two databases as plain JSON data (docs/schemas/diff.schema.json)."""

from collections.abc import Iterator, Sequence
from typing import Any

from vado.schema.diff import diff_databases
from vado.schema.model import Catalogue, CatalogueObject, Change, Detail
from vado.schema.renames import rename_candidates

_FORMAT = 1
_COLUMN_ORDER = "column_order"


def comparison_document(from_: Catalogue, to: Catalogue) -> dict[str, Any]:
    """Return what makes *to* different from *from_*, with questions and remarks beside it.

    Columns that only stand in another order are a remark: no migration can change that, and
    statements that name their columns do not see it. So are changes that no schema tells whether
    the rows allow them: a new NOT NULL, a value of an enum that goes.
    """
    found = diff_databases(from_, to)
    changes = [change for change in found if not _is_order_only(change)]
    return {
        "format": _FORMAT,
        "equal": not changes,
        "changes": [change.to_json() for change in changes],
        "rename_candidates": [one.to_json() for one in rename_candidates(from_, to)],
        "remarks": [
            *(_remark(change) for change in found if _is_order_only(change)),
            *_up_to_rows(from_, to, changes),
        ],
        "not_compared": _not_compared(from_, to),
    }


def _is_order_only(change: Change) -> bool:
    return bool(change.details) and all(d.property == _COLUMN_ORDER for d in change.details)


def _remark(change: Change) -> dict[str, Any]:
    [detail] = change.details
    return {"code": _COLUMN_ORDER, "identity": change.identity, **detail.to_json()}


def _up_to_rows(
    from_: Catalogue, to: Catalogue, changes: Sequence[Change]
) -> Iterator[dict[str, Any]]:
    """Yield the changes that fail, or do not, by what the rows hold."""
    tables = {item.identity for item in from_.of_kind("table")}
    columns = {item.identity: item for item in to.of_kind("column")}
    for change in changes:
        added = columns.get(change.identity) if change.action == "add" else None
        if added is not None and added.parent in tables and _wants_value(added):
            yield _told("needs_value", change, "nullable", None, after=False)
        for detail in change.details:
            if detail.property == "labels" and not _keeps(detail):
                yield _told("value_goes", change, "labels", detail.before, after=detail.after)


def _wants_value(column: CatalogueObject) -> bool:
    given = any(column.text(name) for name in ("default", "generated", "identity_kind"))
    return not column.flag("nullable") and not given


def _keeps(detail: Detail) -> bool:
    labels = detail.after if isinstance(detail.after, tuple) else ()
    return isinstance(detail.before, tuple) and set(detail.before) <= set(labels)


def _told(code: str, change: Change, name: str, before: Any, *, after: Any) -> dict[str, Any]:  # noqa: ANN401 (values of properties)
    return {
        "code": code,
        "identity": change.identity,
        **Detail(name, before, after).to_json(),
    }


def _not_compared(*catalogues: Catalogue) -> list[dict[str, Any]]:
    """Return the kinds that were seen and not compared, with the larger count of the two sides."""
    found: dict[str, int] = {}
    for catalogue in catalogues:
        for kind, count in catalogue.not_compared:
            found[kind] = max(count, found.get(kind, 0))
    return [{"kind": kind, "count": count} for kind, count in sorted(found.items())]
