"""`vado history`: what was done from this machine, and what was refused."""

import json
from collections.abc import Mapping
from typing import Any

from vado.cli.call import FORMAT, Call
from vado.cli.failures import told
from vado.cli.screen import Piece, bad, dim, good, warn

_PAINT = {
    "succeeded": good,
    "failed": bad,
    "interrupted": bad,
    "cancelled": warn,
    "refused": warn,
}
_OF_AN_ACT = ("at", "action", "outcome", "environment", "actor", "subject")


def run(call: Call) -> int:
    """List operations, and acts that were over at once or refused, the newest first."""
    limit, environment = call.option("limit"), call.option("environment")
    page = call.vado.jobs.page(environment=environment, limit=limit)
    acts = call.vado.state.page("acts", "id", limit, environment=environment, after=None)
    done = [_act(row) for row in acts.items]
    if call.json:
        call.document(
            {
                "format": FORMAT,
                "items": page.items,
                "next": page.next,
                "total": page.total,
                "acts": done,
            }
        )
        return 0
    rows = [(item["created_at"], _operation_row(call, item)) for item in page.items]
    rows += [(act["at"], _act_row(call, act)) for act in done]
    if not rows:
        call.out.line(call.words("history.empty"))
        return 0
    rows.sort(key=lambda row: row[0], reverse=True)
    call.out.table([row for _, row in rows[:limit]], indent=0)
    if (rest := page.total + acts.total - min(limit, len(rows))) > 0:
        call.out.line(dim(call.words("history.more", count=rest)))
    return 0


def _act(row: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: row[name] for name in _OF_AN_ACT}
    details = json.loads(row["details"])
    # Of one that did not succeed the details are the error.
    return {**known, "error": None if row["outcome"] == "succeeded" else details}


def _operation_row(call: Call, item: Mapping[str, Any]) -> tuple[Piece, ...]:
    return _row(call, item["created_at"], item["kind"], item["state"], item)


def _act_row(call: Call, act: Mapping[str, Any]) -> tuple[Piece, ...]:
    return _row(call, act["at"], act["action"], act["outcome"], act)


def _row(call: Call, at: str, kind: str, state: str, item: Mapping[str, Any]) -> tuple[Piece, ...]:
    word = call.words.named("state", state)
    paint = _PAINT.get(state)
    about = item["subject"] or ""
    if state == "refused" and item["error"]:
        about = ": ".join(filter(None, (about, told(call.words, item["error"])[0])))
    return (
        call.words.moment(at),
        call.words.named("kind", kind),
        paint(word) if paint else word,
        item["environment"] or "-",
        dim(about),
    )
