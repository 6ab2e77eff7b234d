"""What a restore would bring back and what it would lose, and how to go back from it."""

from collections.abc import Mapping, Sequence
from typing import Any

from vado.cli.call import Call
from vado.cli.failures import told
from vado.cli.plan import change_pieces, outermost
from vado.cli.screen import Piece, bad, dim, good

Document = Mapping[str, Any]
_MOST_CHANGES = 20
_MOST_TABLES = 20


def show_preview(call: Call, preview: Document) -> None:
    """Show schema and rows, now and then, and the ways to restore."""
    _show_schema(call, preview)
    _show_rows(call, preview["tables"])
    _show_migrations(call, preview)
    _show_modes(call, preview["modes"])
    for note in preview["notes"]:
        call.out.paragraph(_said(call, note), style="dim")
    call.out.blank()
    call.out.paragraph(call.words("restore.how_back"))


def _show_schema(call: Call, preview: Document) -> None:
    call.out.heading(call.words("restore.schema"))
    shown = list(outermost(preview["changes"]))
    for change in shown[:_MOST_CHANGES]:
        call.out.line(*change_pieces(call, change), indent=2)
    if (rest := len(shown) - _MOST_CHANGES) > 0:
        call.out.line(dim(call.words("restore.more_changes", count=rest)), indent=2)
    if not shown:
        key = "restore.same_schema" if preview["structure_known"] else "restore.unknown_schema"
        call.out.line(call.words(key), indent=2)


def _show_rows(call: Call, tables: Sequence[Document]) -> None:
    words, out = call.words, call.out
    out.heading(words("restore.rows"))
    differing = [t for t in tables if t["rows_now"] != t["rows_then"] or t["writes_since"]]
    if not differing:
        out.line(words("restore.same_rows"), indent=2)
        return
    head = [dim(words(f"restore.column.{name}")) for name in ("table", "now", "then", "writes")]
    shown = differing[:_MOST_TABLES]
    out.table([head, *(_row(call, table) for table in shown)], right=(1, 2, 3))
    if rest := len(differing) - len(shown):
        out.line(dim(words("restore.more_tables", count=rest)), indent=2)


def _row(call: Call, table: Document) -> tuple[Piece, ...]:
    words = call.words
    now, then = table["rows_now"], table["rows_then"]
    about = "" if table["exact"] or now is None else "~"
    written = table["writes_since"]
    lost = now is not None and then is not None and now > then
    shown = f"{about}{words.number(now)}" if now is not None else "-"
    return (
        table["name"],
        bad(shown) if lost or then is None else shown,
        words.number(then) if then is not None else "-",
        "?" if written is None else words.number(written),
    )


def _show_migrations(call: Call, preview: Document) -> None:
    for name in ("gone", "back"):
        versions = preview[f"migrations_{name}"]
        if versions:
            call.out.heading(call.words(f"restore.migrations_{name}"))
            call.out.paragraph(", ".join(versions), indent=2)


def _show_modes(call: Call, modes: Sequence[Document]) -> None:
    words, out = call.words, call.out
    out.heading(words("restore.modes"))
    for mode in modes:
        sign = good("✓") if mode["possible"] else bad("✗")
        text = words.named("restore_mode", mode["mode"])
        out.line(sign, f" {mode['mode']}: ", dim(text), indent=2)
        if mode["reason"]:
            out.paragraph(_reason(call, mode), indent=6, style="dim")


def _reason(call: Call, mode: Document) -> str:
    """Say why a way is not possible as it is said when it is tried all the same."""
    details = {**mode["params"], "reason": mode["code"]}
    return told(call.words, {"code": "refused", "message": mode["reason"], "details": details})[0]


def _said(call: Call, note: Document) -> str:
    key = f"restore_note.{note['code']}"
    return call.words(key, **note["params"]) if call.words.has(key) else str(note["message"])
