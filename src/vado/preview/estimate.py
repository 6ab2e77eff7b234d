"""For how long a statement would hold its locks in the target, with how sure that is.

On a copy without rows everything is quick. There the size of the real table is divided by the speed
at which the copy's server rewrites, checks and indexes a small table, measured when it is needed.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, LiteralString

from vado.database import load_queries
from vado.errors import StatementFailed
from vado.preview.copies import Copy
from vado.preview.plan import PlannedStatement
from vado.schema import TableSize

_QUERIES = load_queries("vado.preview")

# Below that size it is over before anybody notices.
_NOTICEABLE_BYTES = 1_000_000
# Another machine, a cold cache and other work beside it: what was seen lies within these factors.
_BANDS: Mapping[str, tuple[float, float]] = {
    "rows": (0.7, 1.5),
    "target": (0.5, 2.5),
    "this_machine": (0.3, 4.0),
}
_WORK = ("scan", "build", "rewrite")
Basis = Literal["rows", "target", "this_machine"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Between which times, in milliseconds, and by what it was measured."""

    low_ms: int
    high_ms: int
    basis: Basis

    def to_json(self) -> dict[str, Any]:
        """Return it as plans show it."""
        return asdict(self)


def with_estimates(
    copy: Copy, statements: Sequence[PlannedStatement], sizes: Mapping[str, TableSize]
) -> tuple[PlannedStatement, ...]:
    """Add an estimate to the statements that have long work to do on tables of the target."""
    if copy.has_rows:
        return tuple(_of_rows(statement) for statement in statements)
    heavy = [s for s in statements if _heavy(s, sizes)]
    speeds = _measured(copy) if heavy else None
    if speeds is None:
        return tuple(statements)
    basis: Basis = "this_machine" if copy.place == "embedded" else "target"
    told = {s.index: _told(_expected_ms(s, sizes, speeds), basis) for s in heavy}
    return tuple(replace(s, estimate=told.get(s.index)) for s in statements)


def _of_rows(statement: PlannedStatement) -> PlannedStatement:
    worked = statement.trace is not None and statement.trace["work"]
    if statement.duration_ms is None or not worked:
        return statement
    return replace(statement, estimate=_told(statement.duration_ms, "rows"))


def _told(expected_ms: float, basis: Basis) -> dict[str, Any]:
    low, high = _BANDS[basis]
    return Estimate(round(expected_ms * low), round(expected_ms * high), basis).to_json()


def _work_of(statement: PlannedStatement, sizes: Mapping[str, TableSize]) -> list[tuple[str, int]]:
    """Return what is done to how many bytes."""
    work = (statement.trace or {}).get("work", ())
    return [(item["kind"], sizes[item["table"]].bytes) for item in work if item["table"] in sizes]


def _heavy(statement: PlannedStatement, sizes: Mapping[str, TableSize]) -> bool:
    return any(size > _NOTICEABLE_BYTES for _, size in _work_of(statement, sizes))


def _expected_ms(
    statement: PlannedStatement, sizes: Mapping[str, TableSize], speeds: Mapping[str, float]
) -> float:
    return sum(size / speeds[kind] for kind, size in _work_of(statement, sizes))


def _measured(copy: Copy) -> dict[str, float] | None:
    """Return the bytes a millisecond of each kind of work; None where it cannot be tried."""
    try:
        copy.session.execute(_QUERIES["speed_table"])
        size = copy.session.value(_QUERIES["speed_size"])
        speeds = {kind: size / _spent_ms(copy, _QUERIES[f"speed_{kind}"]) for kind in _WORK}
        copy.session.execute(_QUERIES["speed_end"])
    except StatementFailed:
        return None
    return speeds


def _spent_ms(copy: Copy, query: LiteralString) -> float:
    begun = time.perf_counter()
    copy.session.execute(query)
    return (time.perf_counter() - begun) * 1000
