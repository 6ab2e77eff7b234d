"""What a plan would lose in the target, counted there with read-only queries under a time limit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from vado.database import Identifier, Session, load_queries
from vado.errors import StatementFailed
from vado.operations import Job
from vado.preview.plan import Loss
from vado.schema import Catalogue, Change, name_parts, plain_parts

_QUERIES = load_queries("vado.preview")
_LIMIT_EACH = "3s"
_MAX_COUNTED = 50
_EMPTYING_RULES = frozenset({"truncate", "delete-without-where"})


@dataclass(frozen=True, slots=True)
class _Doomed:
    """Something that holds data and goes: a table's rows, or a column's values."""

    kind: Literal["rows", "values"]
    identity: str
    table: str
    column: str | None


def count_losses(
    session: Session,
    before: Catalogue,
    changes: Sequence[Change],
    risks: Sequence[Mapping[str, Any]],
    job: Job,
) -> tuple[Loss, ...]:
    """Count the rows and non-null values that the plan destroys.

    Beyond fifty things, or three seconds for one, the server's estimate is taken and marked.
    """
    doomed = dict.fromkeys([*_dropped(changes, before), *_emptied(risks, before)])
    if doomed:
        session.rows(_QUERIES["statement_timeout"], limit=_LIMIT_EACH)
    found = []
    for index, thing in enumerate(doomed):
        job.check()
        rows, exact = _count(session, thing, exactly=index < _MAX_COUNTED)
        risk = _risk_of(thing, risks)
        found.append(
            Loss(
                identity=thing.identity,
                kind=thing.kind,
                rows=rows,
                exact=exact,
                version=risk["version"] if risk else None,
                line=risk["line"] if risk else None,
            )
        )
    return tuple(found)


def _dropped(changes: Sequence[Change], before: Catalogue) -> Iterator[_Doomed]:
    for change in changes:
        if change.action != "remove":
            continue
        if change.kind in {"table", "materialized_view"}:
            yield _Doomed("rows", change.identity, change.identity, None)
        elif change.kind == "column":
            column = before.find("column", change.identity)
            if column is not None and column.parent is not None:
                name = plain_parts(change.identity)[-1]
                yield _Doomed("values", change.identity, column.parent, name)


def _emptied(risks: Sequence[Mapping[str, Any]], before: Catalogue) -> Iterator[_Doomed]:
    for risk in risks:
        table = _resolve(str(risk["params"].get("table", "")), before)
        if risk["rule"] in _EMPTYING_RULES and table is not None:
            yield _Doomed("rows", table, table, None)


def _resolve(written: str, before: Catalogue) -> str | None:
    for identity in (written, f"public.{written}"):
        if before.find("table", identity) is not None:
            return identity
    return None


def _risk_of(thing: _Doomed, risks: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the risk that tells of it, for its place in the file."""
    for risk in risks:
        table = str(risk["params"].get("table", ""))
        if risk["destructive"] and thing.table in {table, f"public.{table}"}:
            column = risk["params"].get("column")
            if thing.column is None or column in {None, name_parts(thing.identity)[-1]}:
                return risk
    return None


def _count(session: Session, thing: _Doomed, *, exactly: bool) -> tuple[int | None, bool]:
    relation = plain_parts(thing.table)
    names = {"relation": Identifier(*relation)}
    try:
        if exactly and thing.column is None:
            return session.value(_QUERIES["count_rows"], identifiers=names), True
        if exactly and thing.column is not None:
            names["column"] = Identifier(thing.column)
            return session.value(_QUERIES["count_values"], identifiers=names), True
    except StatementFailed:
        pass  # too slow, or not readable by this role: an estimate is still worth having
    estimate = session.value(_QUERIES["estimate"], schema=relation[0], name=relation[-1])
    return (int(estimate) if estimate is not None and estimate >= 0 else None), False
