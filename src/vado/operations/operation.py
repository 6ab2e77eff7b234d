"""An operation: one long action with a state, as everybody sees it."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from vado.operations.state import StateRow

OperationState = Literal[
    "queued", "running", "cancelling", "succeeded", "failed", "cancelled", "interrupted"
]

# What of a result may be as large as a schema: only who asks for one operation gets it.
_HEAVY = frozenset(
    {"changes", "ddl", "sql", "not_compared", "rename_candidates", "remarks", "tables"}
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One action, running or over; times are ISO 8601 in UTC."""

    id: str
    kind: str
    state: OperationState
    environment: str | None
    actor: str
    subject: str | None
    progress: dict[str, Any] | None
    result: dict[str, Any] | None
    error: dict[str, Any] | None
    created_at: str
    started_at: str | None
    finished_at: str | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.finished_at is not None

    @classmethod
    def from_row(cls, row: StateRow) -> "Operation":
        """Read one from the state."""
        known = {name: row[name] for name in cls.__dataclass_fields__}
        for name in ("progress", "result", "error"):
            known[name] = json.loads(row[name]) if row[name] else None
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def brief(self) -> dict[str, Any]:
        """Return it as lists show it: the result without its heavy parts."""
        kept = (
            None if self.result is None else {k: v for k, v in self.result.items() if _fits(k, v)}
        )
        return {**self.to_json(), "result": kept}


def _fits(name: str, value: object) -> bool:
    return name not in _HEAVY or not isinstance(value, list | dict | str)
