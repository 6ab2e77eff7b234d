"""`vado backup delete`, `pin`, `label`, `prune`, `adopt`, `import`, `key`, `schedule`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vado.application import (
    adopt_backups,
    change_backup,
    next_runs,
    prune_backups,
    remove_backup,
    start_import,
)
from vado.backups import Backup, get_backup, make_identity, plan_retention
from vado.cli.backup import about, told
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed
from vado.cli.failures import told as error_told
from vado.cli.follow import follow
from vado.cli.questions import agreed, typed
from vado.cli.screen import bad, bold, dim, good
from vado.errors import ConfirmationRequired, Refused

Document = Mapping[str, Any]


def delete(call: Call) -> int:
    """Delete a backup for good."""
    backup = get_backup(call.environment, call.option("id"))
    confirmation = call.option("confirm")
    if confirmation is None and call.may_ask:
        if not agreed(call, call.words("question.delete", id=backup.id)):
            raise Refused(call.words("delete.declined"))
        confirmation = _deleted_or_asked(call, backup)
        if confirmation is None:
            return _gone(call, backup)
    remove_backup(call.vado, call.environment, backup.id, confirmation)
    return _gone(call, backup)


def _deleted_or_asked(call: Call, backup: Backup) -> str | None:
    """Delete it where a yes is enough, else ask for its id; None: it is deleted."""
    try:
        remove_backup(call.vado, call.environment, backup.id, None)
    except ConfirmationRequired as error:
        reason = call.words.named("delete.why", str(error.details.get("reason")))
        call.out.paragraph(reason, style="warn")
        return typed(call, call.words("question.delete_typed", word=backup.id))
    return None


def _gone(call: Call, backup: Backup) -> int:
    if call.json:
        call.document({"format": FORMAT, "id": backup.id, "deleted": True})
    else:
        call.out.line(good("✓ "), call.words("backup.is_deleted", id=backup.id))
    return 0


def pin(call: Call) -> int:
    """Keep a backup whatever retention says."""
    return _changed(call, "backup.is_pinned", pinned=True)


def unpin(call: Call) -> int:
    """Let retention decide about a backup again."""
    return _changed(call, "backup.is_unpinned", pinned=False)


def label(call: Call) -> int:
    """Give a backup a few words to know it by; none take them away."""
    return _changed(call, "backup.is_labelled", label=call.option("text"))


def _changed(call: Call, key: str, **change: Any) -> int:  # noqa: ANN401 (a label or a pin)
    backup_id = call.option("id")
    found = change_backup(call.vado, call.environment, backup_id, **change).to_json()
    if call.json:
        call.document({"format": FORMAT, **found})
    else:
        call.out.line(good("✓ "), call.words(key, id=backup_id), dim(f"  {about(call, found)}"))
    return 0


def prune(call: Call) -> int:
    """Show what the rules of retention would delete, and delete it once that is agreed to."""
    plan = plan_retention(call.environment).to_json()
    ids = [item["id"] for item in plan["delete"]]
    if not call.json:
        _show_plan(call, plan)
    wanted = call.yes or (call.may_ask and agreed(call, _question(call, ids)) if ids else False)
    deleted = prune_backups(call.vado, call.environment, ids) if ids and wanted else ()
    if call.json:
        call.document({"format": FORMAT, **plan, "deleted": list(deleted)})
    elif deleted:
        call.out.line(good("✓ "), call.words("prune.done", count=len(deleted)))
    elif ids:
        call.out.line(call.words("prune.how"))
    return 0


def _question(call: Call, ids: list[str]) -> str:
    return call.words("question.prune", count=len(ids))


def _show_plan(call: Call, plan: Document) -> None:
    words, out = call.words, call.out
    if not any(plan["policy"][name] is not None for name in _RULES):
        out.paragraph(words("prune.no_rules"))
        return
    for item in plan["keep"]:
        reasons = ", ".join(words.named("keep", reason) for reason in item["reasons"])
        out.line(good(words("prune.keep")), f"  {item['id']}  ", dim(reasons))
    for item in plan["delete"]:
        size = words.size(item["size_bytes"]) if item["size_bytes"] is not None else "-"
        out.line(bad(words("prune.delete")), f"  {item['id']}  ", dim(size))
    if not plan["delete"]:
        out.line(words("prune.nothing"))
    out.line(dim(words("prune.after", size=words.size(plan["bytes_after"]))))


_RULES = ("daily", "weekly", "monthly", "before_apply", "max_bytes")


def adopt(call: Call) -> int:
    """List the files beside the backups again whose record was lost."""
    report = adopt_backups(call.vado, call.environment).to_json()
    if call.json:
        call.document({"format": FORMAT, **report})
        return 0
    words, out = call.words, call.out
    for backup in report["adopted"]:
        out.line(good("✓ "), bold(backup["id"]), dim(f"  {about(call, backup)}"))
    for item in report["refused"]:
        out.line(bad("✗ "), item["file"])
        for line in filter(None, error_told(words, item["problem"])):
            out.paragraph(line, indent=4, style="dim")
    if not report["adopted"] and not report["refused"]:
        out.line(words("adopt_backups.none"))
    return 0


def import_dump(call: Call) -> int:
    """Take a dump of another origin among the backups, in quarantine."""
    started = start_import(call.vado, call.environment, Path(call.option("file")))
    operation = follow(call, started)
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    backup = get_backup(call.environment, operation.result["backup_id"]).to_json()
    return told(call, backup, "backup.imported")


def key(call: Call) -> int:
    """Make a key that backups are encrypted with; the secret part is written to a file."""
    path = Path(call.option("file"))
    recipient = make_identity(path)
    if call.json:
        call.document({"format": FORMAT, "file": str(path), "recipient": recipient})
        return 0
    call.out.line(good("✓ "), call.words("key.written", path=path))
    call.out.paragraph(call.words("key.how"), indent=2)
    call.out.code(f'encrypt_to = ["{recipient}"]', indent=4)
    call.out.code(f'identity_file = "{path}"', indent=4)
    return 0


def schedule(call: Call) -> int:
    """Tell when backups are taken by themselves, while Vado runs."""
    items = [{"environment": name, **run} for name, run in next_runs(call.vado).items()]
    if call.json:
        call.document({"format": FORMAT, "items": items})
        return 0
    if not items:
        call.out.paragraph(call.words("schedule.none"))
        return 0
    words = call.words
    rows = [
        (
            bold(item["environment"]),
            item["cron"],
            words.moment(item["next_at"]) if item["next_at"] else "-",
            dim(item["last_id"] or words("schedule.never")),
        )
        for item in items
    ]
    call.out.table(rows, indent=0)
    call.out.paragraph(words("schedule.how"), style="dim")
    return 0
