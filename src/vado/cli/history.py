"""`vado history`: what was done from this machine."""

from collections.abc import Mapping
from typing import Any

from vado.cli.call import FORMAT, Call
from vado.cli.screen import Piece, bad, dim, good, warn

_PAINT = {"succeeded": good, "failed": bad, "interrupted": bad, "cancelled": warn}


def run(call: Call) -> int:
    """List the operations, the newest first."""
    page = call.vado.jobs.page(environment=call.option("environment"), limit=call.option("limit"))
    if call.json:
        call.document(
            {"format": FORMAT, "items": page.items, "next": page.next, "total": page.total}
        )
        return 0
    if not page.items:
        call.out.line(call.words("history.empty"))
        return 0
    call.out.table([_row(call, item) for item in page.items], indent=0)
    if page.next:
        rest = call.words("history.more", count=page.total - len(page.items))
        call.out.line(dim(rest))
    return 0


def _row(call: Call, item: Mapping[str, Any]) -> tuple[Piece, ...]:
    state = call.words.named("state", item["state"])
    paint = _PAINT.get(item["state"])
    return (
        call.words.moment(item["created_at"]),
        call.words.named("kind", item["kind"]),
        paint(state) if paint else state,
        item["environment"] or "-",
        dim(item["subject"] or ""),
    )
