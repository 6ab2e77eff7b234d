"""A plan, written for somebody who is about to apply it."""

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from vado.cli.call import Call
from vado.cli.half_done import show_claims, show_restored, show_taken_back
from vado.cli.impact import show_locks, show_losses, show_violations
from vado.cli.marks import class_piece, level_piece
from vado.cli.risks import show_risk
from vado.cli.screen import Piece, Styled, bad, bold, dim, good, warn, wrapped
from vado.cli.source import show_place

Document = Mapping[str, Any]
# As in vado.risks, which takes longer to load than to show a plan.
_LEVELS = ("low", "medium", "high", "critical")
_MARKS = {"add": "+", "remove": "-", "change": "~", "rename": "→"}
_MOST_CHANGES = 40


def above(plan: Document, limit: str | None) -> bool:
    """Say whether the plan has a risk above *limit*."""
    return limit is not None and any(
        _LEVELS.index(risk["level"]) > _LEVELS.index(limit)
        for risk in plan["risks"]
        if not risk.get("suppressed")
    )


def show_plan(call: Call, plan: Document, *, last_word: bool = True) -> None:
    """Show the whole plan; *last_word* adds how to apply it."""
    out, words = call.out, call.words
    if not plan["migrations"]:
        out.line(good("✓ "), words("plan.nothing", database=plan["database"]))
        return
    key = "plan.title" if plan["kind"] == "up" else f"plan.title.{plan['kind']}"
    title = words(key, count=len(plan["migrations"]), database=plan["database"])
    out.line(bold(title), "  ", class_piece(call, plan["class"]))
    out.line(dim(f"{plan['plan_id']}  {words.moment(plan['created_at'])}"))
    if plan["record"]:
        _show_record(call, plan)
    else:
        _show_migrations(call, plan)
        show_taken_back(call, plan)
        _show_changes(call, plan)
        show_losses(call, plan)
        show_violations(call, plan)
        show_locks(call, plan)
        _show_risks(call, plan)
        _show_rehearsal(call, plan)
        _show_blockers(call, plan)
    if last_word:
        _show_requirements(call, plan)


def _show_blockers(call: Call, plan: Document) -> None:
    if not plan["blockers"]:
        return
    call.out.heading(call.words("plan.blockers"))
    for blocker in plan["blockers"]:
        # As a text: a process id has no thousands.
        since = call.words.moment(blocker["since"])
        known = {**blocker, "pid": str(blocker["pid"]), "since": since}
        text = call.words(f"plan.blocker.{blocker['kind']}", **known)
        first, *rest = wrapped(text, call.out.width - 4)
        call.out.line(warn("▲ "), first, indent=2)
        for line in rest:
            call.out.line(line, indent=4)
        if blocker["query"]:
            call.out.paragraph(" ".join(blocker["query"].split()), indent=4, style="dim")


def _show_record(call: Call, plan: Document) -> None:
    words = call.words
    call.out.heading(words("plan.record"))
    for item in plan["record"]:
        states = (words.named("ledger", str(item[key] or "none")) for key in ("before", "after"))
        call.out.line(f"{item['version']}  {item['name']}  ", " → ".join(states), indent=2)
        show_claims(call, item)
    call.out.paragraph(words("plan.record.only"), indent=2, style="dim")


def _show_migrations(call: Call, plan: Document) -> None:
    call.out.heading(call.words("plan.migrations"))
    rows = []
    for migration in plan["migrations"]:
        own = [s for s in plan["statements"] if s["version"] == migration["version"]]
        rows.append(
            (
                migration["version"],
                migration["name"],
                call.words("count.statements", count=len(own)),
                _measured(call, own),
            )
        )
    call.out.table(rows, right=(3,))
    if plan["out_of_order"]:
        versions = ", ".join(plan["out_of_order"])
        late = call.words("plan.out_of_order", versions=versions, count=len(plan["out_of_order"]))
        call.out.paragraph(f"▲ {late}", indent=2, style="warn")
    for migration in plan["migrations"]:
        if migration["statements_done"]:
            done = migration["statements_done"]
            told = call.words("plan.goes_on", version=migration["version"], number=done + 1)
            call.out.paragraph(f"▲ {told}", indent=2, style="warn")
    show_restored(call, plan)
    _show_ways_back(call, plan)


def _show_ways_back(call: Call, plan: Document) -> None:
    for migration in plan["migrations"]:
        found = migration.get("reversible")
        if found is None:
            continue
        schema, data = (_KNOWN[found[key]] for key in ("schema", "data"))
        mark = good("✓ ") if found["schema"] and found["data"] else dim("· ")
        text = call.words(
            "plan.reversible",
            version=migration["version"],
            schema=call.words(f"reversible.{schema}"),
            data=call.words(f"reversible.{data}"),
        )
        call.out.line(mark, text, indent=2)
        if not found["schema"]:
            why = call.words(f"reversible.{found['code']}", **found["params"])
            call.out.paragraph(why, indent=4, style="dim")


_KNOWN = {True: "yes", False: "no", None: "unknown"}


def _measured(call: Call, statements: list[Document]) -> Piece:
    if any(s["error"] for s in statements):
        return bad(call.words("plan.failed"))
    times = [s["duration_ms"] for s in statements if s["duration_ms"] is not None]
    return dim(call.words.duration(sum(times))) if times else dim(call.words("plan.not_run"))


def _show_changes(call: Call, plan: Document) -> None:
    if plan["rehearsal"]["place"] == "text":
        return
    call.out.heading(call.words("plan.changes"))
    shown = list(outermost(plan["changes"]))
    if not shown:
        call.out.line(dim(call.words("plan.no_changes")), indent=2)
    for change in shown[:_MOST_CHANGES]:
        call.out.line(*change_pieces(call, change), indent=2)
    if len(shown) > _MOST_CHANGES:
        rest = call.words("plan.more", count=len(shown) - _MOST_CHANGES)
        call.out.line(dim(rest), indent=2)


def outermost(changes: list[Document]) -> Iterator[Document]:
    """Yield the changes without the parts of what is wholly new or gone."""
    whole = {c["identity"] for c in changes if c["action"] in {"add", "remove"}}
    for change in changes:
        parents = _parents(change["identity"])
        inside = change["kind"] in {"column", "constraint", "index", "trigger"} and any(
            parent in whole for parent in parents
        )
        if not inside:
            yield change


def _parents(identity: str) -> Iterator[str]:
    while "." in identity:
        identity = identity.rpartition(".")[0]
        yield identity


def change_pieces(call: Call, change: Document) -> list[Piece]:
    """Return one change as one line."""
    action, kind = change["action"], call.words.named("object", change["kind"])
    style = "bad" if change["destructive"] else {"add": "good", "remove": "warn"}.get(action, "")
    mark = f"{_MARKS[action]} {kind} "
    pieces: list[Piece] = [Styled(mark, style) if style else mark, change["identity"]]
    if change["new_identity"]:
        pieces.append(f" → {change['new_identity']}")
    if action in {"change", "rename"}:
        pieces.append(dim(_details(change)))
    if change["destructive"]:
        pieces.append(bad(f"  {call.words('plan.destroys')}"))
    return pieces


def _details(change: Document) -> str:
    told = [
        f"{d['property'].replace('_', ' ')} {_value(d['before'])} → {_value(d['after'])}"
        for d in change["details"]
        if d["property"] != "name"
    ]
    text = "; ".join(told)
    if len(text) > _LONGEST_DETAIL:
        text = ", ".join(dict.fromkeys(d["property"].replace("_", " ") for d in change["details"]))
    return f"  ({text})" if text and len(text) <= _LONGEST_DETAIL else ""


_LONGEST_DETAIL = 60


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)


def _show_risks(call: Call, plan: Document) -> None:
    call.out.heading(call.words("plan.risks"))
    if not plan["risks"]:
        call.out.line(good("✓ "), call.words("plan.no_risks"), indent=2)
    files = plan_files(plan)
    for risk in sorted(plan["risks"], key=_gravity):
        show_risk(call, risk, files[risk["version"]])


def _gravity(risk: Document) -> tuple[bool, int]:
    """Sort the gravest first, and what the file allows behind the rest."""
    return bool(risk.get("suppressed")), -_LEVELS.index(risk["level"])


def _show_rehearsal(call: Call, plan: Document) -> None:
    words, out, rehearsal = call.words, call.out, plan["rehearsal"]
    out.heading(words("plan.rehearsal"))
    where = words(f"place.{rehearsal['place']}", version=rehearsal["server_version"] or "")
    spent = words.duration(rehearsal["duration_ms"])
    if rehearsal["error"] is not None:
        _show_failure(call, plan, rehearsal["error"], where)
    elif rehearsal["ok"]:
        out.line(good("✓ "), words("rehearsal.ok", place=where, duration=spent), indent=2)
    else:
        out.line(warn("▲ "), words("rehearsal.none"), indent=2)
    for limit in rehearsal["limits"]:
        key = f"limit.{limit['code']}"
        text = words(key, **limit["params"]) if words.has(key) else limit["message"]
        out.paragraph(f"· {text}", indent=4, style="dim")


def plan_files(plan: Document) -> dict[str, str]:
    """Return the name of each migration of the plan, by version."""
    return {m["version"]: f"{m['version']}_{m['name']}.sql" for m in plan["migrations"]}


def place_of(files: Mapping[str, str], details: Document) -> str:
    """Return a place as editors and terminals know it: file, line, column."""
    version = str(details["version"])
    return f"{files.get(version, version)}:{details['line']}:{details['column']}"


def _show_failure(call: Call, plan: Document, error: Document, where: str) -> None:
    call.out.line(bad("✗ "), call.words("rehearsal.failed", place=where), indent=2)
    call.out.line(bold(place_of(plan_files(plan), error)), indent=4)
    call.out.paragraph(error["message"], indent=4)
    show_place(call.out, call.environment, error, indent=4)
    if error["hint"]:
        call.out.paragraph(error["hint"], indent=4)


def _show_requirements(call: Call, plan: Document) -> None:
    words, out = call.words, call.out
    out.heading(words("plan.requires"))
    if plan["rehearsal"]["error"] is not None:
        out.paragraph(words("plan.correct"), indent=2)
        return
    for requirement in plan["requires"]:
        out.line(*_requirement(call, requirement), indent=2)
    _show_command(call, plan)


def _requirement(call: Call, requirement: Document) -> list[Piece]:
    kind = requirement["kind"]
    text = call.words(f"requires.{kind}", rule=requirement["rule"], word=requirement["word"])
    if kind == "accept_risk":
        return [level_piece(call, requirement["level"]), "  ", text]
    if kind == "backup":
        return [good("✓ "), text]
    return [good("✓ ") if requirement["satisfied"] else warn("▲ "), text]


def _show_command(call: Call, plan: Document) -> None:
    """Show what to type, on several lines where one would be too long."""
    if plan["creates_schemas"]:
        call.out.paragraph(
            call.words("plan.creates_schemas", database=plan["database"]), indent=2, style="dim"
        )
    verb = "undo" if plan["kind"] == "undo" else "apply"
    command = [f"vado {verb} --plan {plan['plan_id']}", *_options(plan)]
    line = " ".join(command)
    indent = 2
    if len(line) + indent > call.out.width:
        line = " \\\n    ".join(command)
    for number, part in enumerate(line.splitlines()):
        call.out.line(bold(part) if number == 0 else part, indent=indent)


def _options(plan: Document) -> Iterator[str]:
    for requirement in plan["requires"]:
        if requirement["kind"] == "confirmation":
            yield f"--confirm {shlex.quote(requirement['word'])}"
        if requirement["kind"] == "accept_risk":
            yield f"--accept {requirement['rule']}"
        if requirement["kind"] == "out_of_order" and not requirement["satisfied"]:
            yield f"--accept {requirement['rule']}"
    if plan["creates_schemas"]:
        yield "--yes"
