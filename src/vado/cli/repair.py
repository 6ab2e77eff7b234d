"""`vado repair`: what differs between an applied migration and its file, and the two ways out."""

from typing import Any

from vado.application import start_repair
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.questions import typed
from vado.cli.screen import Piece, Styled, bold, dim, good
from vado.migrations import Difference, RepairRequest, difference


def run(call: Call) -> int:
    """Show the difference; with an action, do that and nothing else."""
    found = difference(call.environment, call.option("version"))
    action = call.option("action")
    if action is None:
        return _shown(call, found)
    if not call.json:
        _show_difference(call, found)
    request = RepairRequest(found.version, action, found.file_checksum)
    confirmation = _confirmation(call, action)
    operation = follow(call, start_repair(call.vado, call.environment, request, confirmation))
    if operation.state != "succeeded" or operation.result is None:
        return operation_failed(call, operation)
    if call.json:
        document = {**found.to_json(), **operation.result, "operation_id": operation.id}
        call.document({"format": FORMAT, **document})
    else:
        _show_done(call, found, operation.result)
    return 0


def _confirmation(call: Call, action: str) -> str | None:
    given: str | None = call.option("confirm")
    policy = call.environment.policy
    if given is None and action == "fix_record" and policy.confirmation and call.may_ask:
        word = call.environment.confirmation_word
        return typed(call, call.words("question.confirm.mark", word=word))
    return given


def _shown(call: Call, found: Difference) -> int:
    if call.json:
        call.document({"format": FORMAT, **found.to_json(), "action": None, "kept": None})
        return 0
    if found.file_checksum == found.ledger_checksum:
        call.out.line(good("✓ "), call.words("repair.equal", version=found.version))
        return 0
    _show_difference(call, found)
    call.out.heading(call.words("repair.ways"))
    for option in ("--fix-record", "--restore-file"):
        if option == "--fix-record" and (found.file is None or found.half_done):
            continue
        key = option.strip("-").replace("-", "_")
        call.out.line(bold(f"vado repair {found.version} {option}"), indent=2)
        call.out.paragraph(call.words(f"repair.{key}"), indent=4)
    call.out.paragraph(call.words("repair.database"), indent=2)
    return 0


def _show_difference(call: Call, found: Difference) -> None:
    if found.file is None:
        call.out.line(call.words("repair.missing", version=found.version, name=found.name))
        return
    for line in found.diff.splitlines():
        call.out.line(_painted(line))


def _painted(line: str) -> Piece:
    if line.startswith(("---", "+++", "@@")):
        return dim(line)
    style = {"+": "good", "-": "bad"}.get(line[:1])
    return Styled(line, style) if style else line


def _show_done(call: Call, found: Difference, result: dict[str, Any]) -> None:
    key = f"repair.done.{result['action']}"
    call.out.line(good("✓ "), call.words(key, version=found.version))
    if result["kept"]:
        call.out.line(call.words("repair.kept"), " ", bold(result["kept"]), indent=2)
