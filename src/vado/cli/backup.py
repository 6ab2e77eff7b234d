"""`vado backup`: take, list, verify, prove, restore and delete backups."""

from collections.abc import Mapping
from typing import Any

from vado.application import (
    remove_backup,
    start_backup,
    start_prove,
    start_restore,
    start_verify,
)
from vado.backups import (
    BackupRequest,
    RestoreRequest,
    get_backup,
    latest_backup,
    list_backups,
)
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.questions import typed
from vado.cli.screen import Piece, bad, bold, dim, good
from vado.errors import UsageError
from vado.operations import Operation

Document = Mapping[str, Any]


def create(call: Call) -> int:
    """Take a backup of the database."""
    request = BackupRequest(label=call.option("label"), pinned=bool(call.option("pin")))
    operation = follow(call, start_backup(call.vado, call.environment, request))
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    backup = get_backup(call.environment, operation.result["backup_id"]).to_json()
    return _told(call, backup, "backup.created")


def verify(call: Call) -> int:
    """Read a backup wholly, and compare it with what was written."""
    started = start_verify(call.vado, call.environment, call.option("id"))
    operation = follow(call, started)
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    return _told(call, operation.result, "backup.was_verified")


def prove(call: Call) -> int:
    """Restore a backup beside the database, and compare what came out."""
    environment = call.environment
    backup_id = latest_backup(environment).id if call.option("latest") else call.option("id")
    if backup_id is None:
        raise UsageError("which backup?", hint="Give its id, or --latest.")
    operation = follow(call, start_prove(call.vado, environment, backup_id))
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    return _told(call, operation.result, "backup.was_proven")


def _told(call: Call, backup: Document, key: str) -> int:
    if call.json:
        call.document({"format": FORMAT, **backup})
        return 0
    words = call.words
    call.out.line(good("✓ "), words(key, database=backup["database"]))
    call.out.facts(
        [
            (words("backup.id"), bold(backup["id"])),
            (words("backup.state"), words.named("backup", backup["state"])),
            (words("backup.size"), words.size(backup["size_bytes"] or 0)),
            (words("backup.content"), _content(call, backup)),
        ]
    )
    return 0


def _content(call: Call, backup: Document) -> str:
    words = call.words
    tables = words("count.tables", count=backup["tables"] or 0)
    rows = words("count.rows", count=backup["rows"] or 0)
    version = backup["ledger_version"]
    at = words("backup.at", version=version) if version else words("backup.unversioned")
    return f"{tables}, {rows}, {at}"


def list(call: Call) -> int:  # noqa: A001 (named as the command is)
    """List the backups of the database, the newest first."""
    backups = [backup.to_json() for backup in list_backups(call.environment)]
    if call.json:
        call.document({"format": FORMAT, "items": backups})
        return 0
    if not backups:
        call.out.line(call.words("backup.none", database=call.environment.target.dbname))
        return 0
    call.out.table([_row(call, backup) for backup in backups], indent=0, right=(3,))
    return 0


def _row(call: Call, backup: Document) -> tuple[Piece, ...]:
    words = call.words
    state = words.named("backup", backup["state"])
    gone = not backup["available"] and backup["state"] != "failed"
    about = [words.named("reason", backup["reason"])]
    about.extend([words("backup.pinned")] if backup["pinned"] else [])
    about.extend([backup["label"]] if backup["label"] else [])
    return (
        backup["id"],
        words.moment(backup["created_at"]),
        bad(words("backup.gone") if gone else state)
        if gone or backup["state"] == "failed"
        else good(state),
        words.size(backup["size_bytes"]) if backup["size_bytes"] else "-",
        dim(", ".join(about)),
    )


def restore(call: Call) -> int:
    """Put a backup in the place of the database."""
    backup = get_backup(call.environment, call.option("id")).to_json()
    confirmation = call.option("confirm")
    if confirmation is None and call.may_ask:
        confirmation = _ask_to_restore(call, backup)
    request = RestoreRequest(backup["id"], confirmation)
    operation = follow(call, start_restore(call.vado, call.environment, request))
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    _show_restored(call, operation)
    return 0


def _ask_to_restore(call: Call, backup: Document) -> str:
    words = call.words
    moment = words.moment(backup["created_at"])
    call.out.paragraph(
        words("restore.about", database=call.environment.target.dbname, moment=moment)
    )
    call.out.line(dim(_content(call, backup)))
    return typed(call, words("question.restore", word=call.environment.confirmation_word))


def _show_restored(call: Call, operation: Operation) -> None:
    report = operation.result or {}
    if call.json:
        call.document(
            {
                "format": FORMAT,
                "operation_id": operation.id,
                "state": operation.state,
                "database": report["database"],
                "previous_database": report["previous_database"],
                "backup_id": report["backup_id"],
                "safety_backup_id": report["safety_backup_id"],
            }
        )
        return
    words = call.words
    call.out.line(good("✓ "), words("restore.done", database=report["database"]))
    call.out.paragraph(words("restore.previous", database=report["previous_database"]), indent=2)
    if report["safety_backup_id"]:
        call.out.paragraph(words("restore.safety", id=report["safety_backup_id"]), indent=2)


def delete(call: Call) -> int:
    """Delete a backup for good."""
    backup = get_backup(call.environment, call.option("id"))
    confirmation = call.option("confirm")
    if confirmation is None and call.may_ask:
        confirmation = typed(call, call.words("question.delete", word=backup.id))
    remove_backup(call.vado, call.environment, backup.id, confirmation)
    if call.json:
        call.document({"format": FORMAT, "id": backup.id, "deleted": True})
    else:
        call.out.line(good("✓ "), call.words("backup.deleted", id=backup.id))
    return 0
