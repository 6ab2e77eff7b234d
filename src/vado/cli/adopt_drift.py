"""`vado drift --adopt`: what was changed by hand becomes a migration that counts as applied."""

from collections.abc import Mapping
from typing import Any

from vado.application import start_drift_adoption
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.places import short
from vado.cli.screen import bold, good
from vado.cli.unwritten import unwritten

_UNPROVEN = 6


def adopt(call: Call, name: str) -> int:
    """Write the migration and the plan that marks it as applied; 6 when it is not proven."""
    operation = follow(call, start_drift_adoption(call.vado, call.environment, name))
    found = operation.result
    if operation.state != "succeeded" or found is None:
        return operation_failed(call, operation)
    if found["equal"]:
        return _nothing(call)
    if not found["complete"]:
        return _unproven(call, found)
    _tell(call, found)
    return 0


def _nothing(call: Call) -> int:
    if call.json:
        call.document({"format": FORMAT, "equal": True, "file": None})
    else:
        call.out.line(good("✓ "), call.words("drift.nothing_to_adopt"))
    return 0


def _unproven(call: Call, found: Mapping[str, Any]) -> int:
    if call.json:
        call.document({"format": FORMAT, "equal": False, "file": None, **_lacks(found)})
        return _UNPROVEN
    call.err.paragraph(call.words("drift.unproven"))
    for line in unwritten(call.words, **_lacks(found)):
        call.err.line(line, indent=2)
    return _UNPROVEN


def _lacks(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"cannot": found["cannot"], "left": found["left"]}


def _tell(call: Call, found: Mapping[str, Any]) -> None:
    path = call.environment.migrations_folder / found["file"]
    if call.json:
        known = {key: found[key] for key in ("version", "name", "file", "plan_id")}
        lacks = _lacks(found)
        call.document({"format": FORMAT, "equal": False, "path": str(path), **known, **lacks})
        return
    call.out.line(call.words("new.written"), " ", bold(short(path)))
    for line in found["sql"].splitlines():
        call.out.code(line, indent=2)
    call.out.blank()
    call.out.paragraph(call.words("drift.adopted"))
    call.out.line(f"vado apply --plan {found['plan_id']}", indent=2)
