"""What a sequence says beyond its type."""

from collections.abc import Mapping
from typing import Any

_USUAL_BOUNDS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}
_CLAUSES = {
    "start": "start with {}",
    "increment": "increment by {}",
    "min": "minvalue {}",
    "max": "maxvalue {}",
    "cache": "cache {}",
    "cycle": "cycle",
}


def unusual_options(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a sequence says beyond its type, as the clauses that say it."""
    top = _USUAL_BOUNDS.get(row["type"], 0)
    rising = row["increment"] > 0
    low, high = (1, top - 1) if rising else (-top, -1)
    usual = {
        "start": row["min"] if rising else row["max"],
        "increment": 1,
        "min": low,
        "max": high,
        "cache": 1,
        "cycle": False,
    }
    return tuple(_CLAUSES[name].format(row[name]) for name in usual if row[name] != usual[name])
