"""`vado backup compare`, `restore`, `undo`, `kept`, `forget`: back to a backup, and back again."""

from dataclasses import replace
from typing import Any

from vado.application import (
    remove_previous,
    start_restore,
    start_restore_preview,
    start_undo_restore,
)
from vado.backups import RestoreRequest, find_previous, get_backup, previous_databases
from vado.cli.backup import content
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed, told
from vado.cli.follow import follow
from vado.cli.questions import typed
from vado.cli.restore_preview import show_preview
from vado.cli.screen import bold, dim, good, warn
from vado.errors import Refused
from vado.operations import Operation

_BESIDE = frozenset({"tables", "neon"})


def compare(call: Call) -> int:
    """Tell what a restore would bring back, and what it would lose; the database is only read."""
    started = start_restore_preview(call.vado, call.environment, call.option("id"))
    operation = follow(call, started)
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    if call.json:
        call.document({"format": FORMAT, "operation_id": operation.id, **operation.result})
        return 0
    show_preview(call, operation.result)
    return 0


def restore(call: Call) -> int:
    """Put a backup in the place of the database, or some of it beside."""
    tables = tuple(call.option("table"))
    request = RestoreRequest(
        call.option("id"),
        call.option("confirm"),
        # Who names tables means those: never the whole database for want of a word.
        mode=call.option("mode") or ("tables" if tables else "swap"),
        tables=tables,
        schema=call.option("schema"),
    )
    if request.confirmation is None and call.may_ask and request.mode not in _BESIDE:
        request = replace(request, confirmation=_asked(call, request))
    return _ended(call, follow(call, start_restore(call.vado, call.environment, request)))


def _asked(call: Call, request: RestoreRequest) -> str:
    """Show what would be lost before the word is asked for."""
    words, backup_id = call.words, request.backup_id
    backup = get_backup(call.environment, backup_id).to_json()
    moment = words.moment(backup["created_at"])
    about = "restore.about.in_place" if request.mode == "in_place" else "restore.about"
    call.out.paragraph(words(about, database=call.environment.target.dbname, moment=moment))
    call.out.line(dim(content(call, backup)))
    looked = follow(call, start_restore_preview(call.vado, call.environment, backup_id))
    if looked.state == "succeeded" and looked.result is not None:
        show_preview(call, looked.result)
        _refuse_impossible(call, request, looked.result["modes"])
    else:
        reason = told(words, looked.error or {"code": "", "message": looked.state})[0]
        call.out.paragraph(words("restore.not_looked", reason=reason), style="warn")
    return typed(call, words("question.restore", word=call.environment.confirmation_word))


def _refuse_impossible(call: Call, request: RestoreRequest, modes: list[dict[str, Any]]) -> None:
    """Ask for no word where it would lead to a refusal."""
    for mode in modes:
        if mode["mode"] == request.mode and not mode["possible"]:
            raise Refused(
                mode["reason"],
                hint=call.words("restore.other_way"),
                details={**mode["params"], "reason": mode["code"]},
            )


def undo(call: Call) -> int:
    """Give a kept database its name again; the present one is kept in turn."""
    database, confirmation = call.option("database"), call.option("confirm")
    if confirmation is None and call.may_ask:
        find_previous(call.environment, database)
        words, name = call.words, call.environment.target.dbname
        call.out.paragraph(words("undo_restore.about", database=name, kept=database))
        confirmation = typed(
            call, words("question.undo_restore", word=call.environment.confirmation_word)
        )
    started = start_undo_restore(call.vado, call.environment, database, confirmation)
    return _ended(call, follow(call, started), kept=database)


def _ended(call: Call, operation: Operation, kept: str | None = None) -> int:
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    report = operation.result
    if call.json:
        known = {"operation_id": operation.id, "state": operation.state}
        call.document({"format": FORMAT, **report, **known})
        return 0
    _show(call, report, kept)
    return 0


def _show(call: Call, report: dict[str, Any], kept: str | None) -> None:
    words = call.words
    database = report["database"]
    if report["mode"] == "neon":
        call.out.line(good("✓ "), words("restore.done.neon"))
        call.out.line(report["branch"], indent=2)
        call.out.paragraph(words("restore.next.neon", id=report["backup_id"]), indent=2)
        return
    if report["mode"] == "tables":
        done = words("restore.done.tables", schema=report["schema"], database=database)
        call.out.line(good("✓ "), done)
        return
    done = words("undo_restore.done" if kept else "restore.done", database=database, kept=kept)
    call.out.line(good("✓ "), done)
    if previous := report["previous_database"]:
        call.out.paragraph(words("restore.previous", database=previous), indent=2)
        call.out.paragraph(words("restore.way_back", database=previous), indent=2)
    if report["safety_backup_id"]:
        call.out.paragraph(words("restore.safety", id=report["safety_backup_id"]), indent=2)


def kept(call: Call) -> int:
    """List the databases that restores have kept, the newest first."""
    found = [database.to_json() for database in previous_databases(call.environment)]
    if call.json:
        call.document({"format": FORMAT, "items": found})
        return 0
    if not found:
        name = call.environment.target.dbname
        call.out.line(call.words("kept.none", database=name))
        return 0
    rows = [
        (
            bold(item["database"]),
            call.words.moment(item["created_at"]),
            call.words.size(item["size_bytes"]) if item["size_bytes"] is not None else "-",
            dim(item["backup_id"] or ""),
        )
        for item in found
    ]
    call.out.table(rows, indent=0, right=(2,))
    call.out.paragraph(call.words("kept.how"), style="dim")
    return 0


def forget(call: Call) -> int:
    """Drop a kept database for good."""
    database, confirmation = call.option("database"), call.option("confirm")
    if confirmation is None and call.may_ask:
        find_previous(call.environment, database)
        call.out.line(warn(call.words("forget.about", database=database)))
        confirmation = typed(call, call.words("question.forget", word=database))
    remove_previous(call.vado, call.environment, database, confirmation)
    if call.json:
        call.document({"format": FORMAT, "database": database, "removed": True})
    else:
        call.out.line(good("✓ "), call.words("forget.done", database=database))
    return 0
