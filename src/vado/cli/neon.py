"""`vado neon`: where a database lives at Neon, what was left there, and the end of a restore."""

from dataclasses import asdict
from typing import Any

from vado.application import remove_orphan, start_abandon, start_finalize
from vado.backups import neon_status
from vado.backups import orphans as orphans_of
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.questions import typed
from vado.cli.screen import bold, dim, good, warn


def status(call: Call) -> int:
    """Tell project, branch, compute, limits, and what Vado left there."""
    found = neon_status(call.environment).to_json()
    if call.json:
        call.document({"format": FORMAT, **found})
        return 0
    words = call.words
    branch = found["branch"]
    kind = words("neon.root" if found["root"] else "neon.child")
    most = found["branches_limit"]
    call.out.facts(
        [
            (words("neon.project"), f"{found['project']['name']} ({found['project']['id']})"),
            (words("neon.branch"), f"{branch['name']} ({branch['id']}), {kind}"),
            (words("neon.endpoint"), f"{found['endpoint']['host']}, {found['endpoint']['state']}"),
            (words("neon.history"), words.moment(found["history_until"])),
            (words("neon.branches"), f"{found['branches']}/{most or '?'}"),
            (words("neon.orphans"), str(len(found["orphans"]))),
            (words("neon.previous"), str(len(found["previous"]))),
        ],
        indent=0,
    )
    for item in found["unfinished"]:
        call.out.paragraph(_unfinished(call, item), style="warn")
        _show_look(call, item["look"])
    for item in found["unrecorded"]:
        told = words("neon.unrecorded", name=item["name"], id=item["id"])
        call.out.paragraph(told, style="warn")
    if found["personal_key"]:
        call.out.paragraph(words("neon.personal_key"), style="warn")
    return 0


def _unfinished(call: Call, item: dict[str, Any]) -> str:
    key = "neon.unfinished"
    if item["working"]:
        key = "neon.working"
    elif item["step"] != "look":
        key = "neon.cut_short"
    ends = call.words.moment(item["expires_at"]) if item["expires_at"] else None
    told = call.words(key, id=item["backup_id"], branch=item["branch"])
    return told if ends is None else f"{told} {call.words('neon.expires', at=ends)}"


def _show_look(call: Call, look: dict[str, Any] | None) -> None:
    if look is None:
        return
    same = look["schema_equal"] and look["ledger_equal"]
    version = look["ledger_version"] or "-"
    key = "neon.look.same" if same else "neon.look.differs"
    told = call.words(key, host=look["host"], version=version)
    call.out.paragraph(told, indent=2, style=None if same else "bad")


def orphans(call: Call) -> int:
    """List the branches that Vado made and nothing needs any more, or remove one."""
    if branch := call.option("remove"):
        remove_orphan(call.vado, call.environment, branch)
    found: list[dict[str, Any]] = [asdict(item) for item in orphans_of(call.environment)]
    if call.json:
        call.document({"format": FORMAT, "items": found, "removed": branch})
        return 0
    words = call.words
    if branch:
        call.out.line(good("✓ "), words("neon.removed", branch=branch))
    elif not found:
        call.out.line(words("neon.no_orphans"))
    for item in found:
        ends = words.moment(item["expires_at"]) if item["expires_at"] else words("neon.no_expiry")
        call.out.line(bold(item["branch_id"]), "  ", dim(ends))
        call.out.line(item["name"], indent=2)
    return 0


def finalize(call: Call) -> int:
    """Put the branch that was looked at in the place of the database's."""
    backup_id, confirmation = call.option("id"), call.option("confirm")
    if confirmation is None and call.may_ask:
        call.out.line(warn(call.words("neon.finalize.about")))
        word = call.environment.confirmation_word
        confirmation = typed(call, call.words("question.finalize", word=word))
    started = start_finalize(call.vado, call.environment, backup_id, confirmation)
    operation = follow(call, started)
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    if call.json:
        known = {"operation_id": operation.id, "state": operation.state}
        call.document({"format": FORMAT, **operation.result, **known})
    else:
        name = call.environment.target.dbname
        call.out.line(good("✓ "), call.words("restore.done", database=name))
        left = {"branch": operation.result["branch"], "id": operation.result["safety_backup_id"]}
        call.out.paragraph(call.words("neon.kept", **left), indent=2)
        told = call.vado.jobs.log_of(operation.id)
        if any(line["code"] == "password_differs" for line in told):
            call.out.paragraph(call.words("neon.password_differs"), style="warn")
    return 0


def abandon(call: Call) -> int:
    """Delete the branch that was looked at; the database stays as it is."""
    backup_id = call.option("id")
    operation = follow(call, start_abandon(call.vado, call.environment, backup_id))
    if operation.state != "succeeded":
        return operation_failed(call, operation)
    if call.json:
        known = {"operation_id": operation.id, "state": operation.state}
        call.document({"format": FORMAT, "backup_id": backup_id, **known})
    else:
        call.out.line(good("✓ "), call.words("neon.abandoned"))
    return 0
