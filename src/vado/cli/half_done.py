"""A half-done migration in words: what is done of it, the ways out, and what takes it back."""

from collections.abc import Mapping
from typing import Any

from vado.cli.call import Call
from vado.cli.screen import bad, bold, dim, good, warn

Document = Mapping[str, Any]
_LONGEST = 68
_STEP = {"done": good("✓ "), "failed": bad("✗ "), "started": warn("? "), "pending": dim("· ")}
_QUIET = frozenset({"goes_with", "nothing"})


def show_half_done(call: Call, found: Document) -> None:
    """Say of each statement whether it is done, and how that is known; then the ways out."""
    out, words = call.out, call.words
    out.blank()
    down = found["direction"] == "down"
    out.line(bad(words("status.list.half_undone" if down else "status.list.partial")))
    out.line(f"{found['version']}  {found['name']}", indent=2)
    if found["file"] in {"edited", "missing"} and not down:
        out.paragraph(_file(call, found), indent=2, style="warn")
    done, total = found["statements_done"], found["statements_total"]
    out.line(words("half.undo_steps" if down else "status.steps", done=done, total=total), indent=2)
    for step in found["steps"]:
        _show_step(call, step)
    _show_offers(call, found)


def _file(call: Call, found: Document) -> str:
    return call.words(f"half.file.{found['file']}", version=found["version"])


def _show_step(call: Call, step: Document) -> None:
    out, words = call.out, call.words
    out.line(_STEP[step["state"]], f"{step['number']}  {_short(step['statement'])}", indent=2)
    if step["running_pid"]:
        out.paragraph(words("half.running", pid=str(step["running_pid"])), indent=7)
    elif step["state"] == "started":
        key = "status.step.unseen" if step["left_behind"] else "status.step.started"
        out.paragraph(words(key), indent=7)
    if step["state"] == "done" and step["evidence"] == "catalogue":
        out.paragraph(words("half.by_catalogue"), indent=7, style="dim")
    if step["error"]:
        out.paragraph(step["error"], indent=7)
    for index in step["left_behind"]:
        out.paragraph(words("status.step.left", index=index), indent=7)


def _short(sql: str) -> str:
    text = " ".join(sql.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _show_offers(call: Call, found: Document) -> None:
    out, words = call.out, call.words
    out.blank()
    out.line(bold(words("half.offers")))
    key = "half_undone" if found["direction"] == "down" else "half"
    for offer in found["offers"]:
        text = words(_offer(key, found, offer), count=found["statements_done"])
        if offer["available"]:
            out.line(bold(_previewed(offer["command"])), indent=2)
            out.paragraph(text, indent=6)
        elif offer["action"] != "undo_down":
            out.line(dim(offer["command"]), indent=2)
            out.paragraph(f"{words('half.not_offered')} {_why(call, found, offer)}", indent=6)


def _previewed(command: str) -> str:
    """Return what shows the plan and runs nothing yet."""
    begin = "vado apply "
    if command.startswith(begin):
        return f"vado preview {command.removeprefix(begin)}"
    return f"{command} --preview"


def _offer(key: str, found: Document, offer: Document) -> str:
    if offer["action"] == "undo" and key == "half" and not found["statements_done"]:
        return "half.offer.undo_none"
    return f"{key}.offer.{offer['action']}"


def _why(call: Call, found: Document, offer: Document) -> str:
    words = call.words
    if offer["code"] == "at_work":
        return words("half.why.at_work")
    if offer["code"] != "no_way_back":
        return words(f"half.why.{offer['code']}")
    told = [
        words("half.why.no_way_back", number=s["number"], reason=_reason(call, s["way_back"]))
        for s in found["steps"]
        if s["way_back"] and s["way_back"]["code"] == "unknown"
    ]
    return " ".join(told)


def _reason(call: Call, way_back: Document) -> str:
    return call.words(f"way_back.{way_back['reason'] or way_back['code']}")


def show_taken_back(call: Call, plan: Document) -> None:
    """Show of each statement that was begun what takes it back, in the order of the file."""
    if not plan["taken_back"]:
        return
    out = call.out
    out.heading(call.words("plan.taken_back"))
    for item in plan["taken_back"]:
        way = item["way_back"]
        out.line(_STEP[item["state"]], f"{item['number']}  {_short(item['statement'])}", indent=2)
        for sql in way["sql"]:
            out.line(dim("→ "), bold(_short(sql)), indent=7)
        if way["code"] in {*_QUIET, "stays"}:
            out.paragraph(f"→ {_reason(call, way)}", indent=7, style="dim")


def show_claims(call: Call, item: Document) -> None:
    """Show what a mark says of a half-done migration, though nothing is run."""
    out, words = call.out, call.words
    told = item.get("not_done", ())
    if told:
        key = "half.claimed" if item["after"] == "applied" else "half.not_claimed"
        out.paragraph(words(key, count=len(told)), indent=4)
        for statement in told:
            out.line(dim("· "), _short(statement), indent=4)
    for index in item.get("left_behind", ()):
        out.paragraph(words("half.stays_invalid", index=index), indent=4, style="warn")


def show_restored(call: Call, plan: Document) -> None:
    """Show whether the copy was again as before the half-done migration began."""
    for migration in plan["migrations"]:
        found = migration["restored"]
        if found is None:
            continue
        mark = {True: good("✓ "), False: bad("✗ "), None: dim("· ")}[found["schema"]]
        out = call.out
        out.line(mark, call.words(f"restored.{found['code']}"), indent=2)
