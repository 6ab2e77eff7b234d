"""`vado backup`: take, list, show, verify and prove backups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vado.application import (
    start_backup,
    start_prove,
    start_verify,
)
from vado.backups import (
    BackupFilter,
    BackupRequest,
    filter_backups,
    get_backup,
    latest_backup,
    list_backups,
    store_problem,
)
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed
from vado.cli.failures import told as error_told
from vado.cli.follow import follow
from vado.cli.screen import Piece, bad, bold, dim, good, warn
from vado.errors import UsageError

Document = Mapping[str, Any]
Facts = Sequence[tuple[str, Piece]]
_PAINT = {
    "creating": warn,
    "ready": good,
    "verified": good,
    "proven": good,
    "failed": bad,
    "missing": bad,
    "expired": bad,
    "unknown": warn,
}


def create(call: Call) -> int:
    """Take a backup of the database."""
    request = BackupRequest(
        label=call.option("label"), pinned=bool(call.option("pin")), kind=call.option("kind")
    )
    operation = follow(call, start_backup(call.vado, call.environment, request))
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    backup = get_backup(call.environment, operation.result["backup_id"]).to_json()
    return told(call, backup, "backup.created" if backup["kind"] == "dump" else "backup.at_neon")


def show(call: Call) -> int:
    """Tell everything that is known of a backup."""
    backup = get_backup(call.environment, call.option("id")).to_json()
    if call.json:
        call.document({"format": FORMAT, **backup})
        return 0
    call.out.facts([*_all_facts(call, backup)], indent=0)
    return 0


def _all_facts(call: Call, backup: Document) -> Iterator[tuple[str, Piece]]:
    words = call.words
    yield from facts(call, backup)
    yield words("backup.taken"), f"{words.moment(backup['created_at'])}, {about(call, backup)}"
    for name in ("verified_at", "proven_at", "expires_at"):
        if backup[name]:
            yield words(f"backup.{name}"), words.moment(backup[name])
    yield words("backup.database"), backup["database"]
    where = words.named("store", backup["store"])
    sealed = words("backup.encrypted") if backup["encrypted"] else ""
    yield words("backup.where"), ", ".join(filter(None, (where, sealed)))
    if backup["quarantined"]:
        yield words("backup.quarantined"), warn(words("backup.quarantined.why"))
    if backup["sha256"]:
        yield "SHA-256", dim(backup["sha256"])
    if backup["error"]:
        yield words("backup.error"), bad(error_told(words, backup["error"])[0])


def verify(call: Call) -> int:
    """Read a backup wholly, and compare it with what was written."""
    started = start_verify(call.vado, call.environment, call.option("id"))
    operation = follow(call, started)
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    return told(call, operation.result, "backup.was_verified")


def prove(call: Call) -> int:
    """Restore a backup beside the database, and compare what came out."""
    environment = call.environment
    backup_id = latest_backup(environment).id if call.option("latest") else call.option("id")
    if backup_id is None:
        raise UsageError("which backup?", hint="Give its id, or --latest.")
    operation = follow(call, start_prove(call.vado, environment, backup_id))
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    return told(call, operation.result, "backup.was_proven")


def told(call: Call, backup: Document, key: str) -> int:
    """Show what became of a backup; *key* is the sentence that says it."""
    if call.json:
        call.document({"format": FORMAT, **backup})
        return 0
    call.out.line(good("✓ "), call.words(key, database=backup["database"]))
    call.out.facts(facts(call, backup))
    return 0


def facts(call: Call, backup: Document) -> Facts:
    """Return what matters most of a backup."""
    words = call.words
    return [
        (words("backup.id"), bold(backup["id"])),
        (words("backup.state"), words.named("backup", backup["state"])),
        (words("backup.size"), words.size(backup["size_bytes"]) if backup["size_bytes"] else "-"),
        (words("backup.content"), content(call, backup)),
        *(
            (words("backup.left_out"), warn(words.named("left_out", name)))
            for name in backup["left_out"]
        ),
    ]


def content(call: Call, backup: Document) -> str:
    """Return what a backup holds, in a line."""
    words = call.words
    version = backup["ledger_version"]
    at = words("backup.at", version=version) if version else words("backup.unversioned")
    if backup["tables"] is None:
        return at
    tables = words("count.tables", count=backup["tables"])
    rows = words("count.rows", count=backup["rows"] or 0)
    return f"{tables}, {rows}, {at}"


def about(call: Call, backup: Document) -> str:
    """Return why a backup was taken and what sets it apart, in a line."""
    words = call.words
    known = [words.named("reason", backup["reason"])]
    known.extend([words.named("backup_kind", backup["kind"])] if backup["kind"] != "dump" else [])
    known.extend(words(f"backup.{name}") for name in ("pinned", "quarantined") if backup[name])
    known.extend([backup["label"]] if backup["label"] else [])
    return ", ".join(known)


def list(call: Call) -> int:  # noqa: A001 (named as the command is)
    """List the backups of the database, the newest first."""
    wanted = BackupFilter(
        state=call.option("state"),
        kind=call.option("kind"),
        pinned=True if call.option("pinned") else None,
        search=call.option("search"),
    )
    every = list_backups(call.environment)
    backups = [backup.to_json() for backup in filter_backups(every, wanted)]
    problem = store_problem(call.environment)
    if call.json:
        said = problem.to_json() if problem else None
        call.document({"format": FORMAT, "items": backups, "store_problem": said})
        return 0
    if problem:
        for line in filter(None, error_told(call.words, problem.to_json())):
            call.err.line(warn(line))
    if not backups:
        key = "backup.none_such" if every else "backup.none"
        call.out.line(call.words(key, database=call.environment.target.dbname))
        return 0
    call.out.table([_row(call, backup) for backup in backups], indent=0, right=(3,))
    return 0


def _row(call: Call, backup: Document) -> tuple[Piece, ...]:
    words = call.words
    state = backup["state"]
    paint = _PAINT.get(state, str)
    return (
        backup["id"],
        words.moment(backup["created_at"]),
        paint(words.named("backup", state)),
        words.size(backup["size_bytes"]) if backup["size_bytes"] else "-",
        dim(about(call, backup)),
    )
