"""The audit log: what was asked for and how it ended, each entry chained to the one before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from vado.logging import redacted
from vado.operations.actor import actor
from vado.operations.state import State, now

Outcome = Literal["intent", "succeeded", "failed", "cancelled", "refused", "interrupted"]
_CHAINED = ("at", "action", "environment", "actor", "operation_id", "subject", "outcome", "details")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written into the audit log."""

    action: str
    outcome: Outcome
    environment: str | None = None
    operation_id: str | None = None
    subject: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Whether the log is as it was written; `broken_at` is the first entry that is not."""

    intact: bool
    events: int
    head: str | None
    broken_at: int | None


def record_audit(state: State, entry: Entry) -> None:
    """Append *entry* to the log."""
    with state.transaction():
        last = state.row("last_audit")
        previous = last["hash"] if last else None
        written = {
            "at": now(),
            "action": entry.action,
            "environment": entry.environment,
            "actor": actor(),
            "operation_id": entry.operation_id,
            "subject": entry.subject,
            "outcome": entry.outcome,
            "details": json.dumps(redacted(entry.details), ensure_ascii=False),
        }
        state.execute(
            "insert_audit", **written, previous_hash=previous, hash=_hash(previous, written)
        )


def _hash(previous: str | None, row: Mapping[str, Any]) -> str:
    text = json.dumps([previous, *(row[name] for name in _CHAINED)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def verify_audit(state: State) -> ChainReport:
    """Walk the whole chain and say whether any entry was changed or taken out of the middle."""
    previous = None
    rows = state.rows("whole_audit")
    for row in rows:
        if row["previous_hash"] != previous or row["hash"] != _hash(previous, row):
            return ChainReport(intact=False, events=len(rows), head=None, broken_at=row["id"])
        previous = row["hash"]
    return ChainReport(intact=True, events=len(rows), head=previous, broken_at=None)
