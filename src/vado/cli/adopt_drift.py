"""`vado drift --adopt`: what was changed by hand becomes a migration that counts as applied."""

from typing import Any

from vado.application import drift_as_migration, start_mark
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.places import short
from vado.cli.screen import bold, good
from vado.migrations import MarkWanted, Migration, create_migration
from vado.sql import parse_script

_UNPROVEN = 6


def adopt(call: Call, name: str) -> int:
    """Write the migration and the plan that marks it as applied; 6 when it is not proven."""
    found = drift_as_migration(call.vado, call.environment)
    if found["equal"]:
        return _nothing(call)
    if not found["complete"]:
        return _unproven(call, found)
    alone = any(not s.transactional for s in parse_script(found["sql"]).statements)
    migration = create_migration(
        call.environment.migrations_folder, name, up=found["sql"], transaction=not alone
    )
    wanted = MarkWanted(migration.version, "applied")
    operation = follow(call, start_mark(call.vado, call.environment, wanted))
    if operation.result is None:
        return operation_failed(call, operation)
    _tell(call, migration, found, str(operation.result["plan_id"]))
    return 0


def _nothing(call: Call) -> int:
    if call.json:
        call.document({"format": FORMAT, "equal": True, "file": None})
    else:
        call.out.line(good("✓ "), call.words("drift.nothing_to_adopt"))
    return 0


def _unproven(call: Call, found: dict[str, Any]) -> int:
    if call.json:
        call.document({"format": FORMAT, "equal": False, "file": None, **_lacks(found)})
        return _UNPROVEN
    call.err.paragraph(call.words("drift.unproven"))
    for item in found["cannot"]:
        call.err.line(call.words("diff.cannot", **item), indent=2)
    for change in found["proof"]["left"]:
        call.err.line(call.words("diff.left", **change), indent=2)
    return _UNPROVEN


def _lacks(found: dict[str, Any]) -> dict[str, Any]:
    return {"cannot": found["cannot"], "left": found["proof"]["left"]}


def _tell(call: Call, migration: Migration, found: dict[str, Any], plan_id: str) -> None:
    if call.json:
        call.document(
            {
                "format": FORMAT,
                "equal": False,
                "version": migration.version,
                "name": migration.name,
                "file": migration.path.name,
                "path": str(migration.path),
                "plan_id": plan_id,
                **_lacks(found),
            }
        )
        return
    call.out.line(call.words("new.written"), " ", bold(short(migration.path)))
    for line in found["sql"].splitlines():
        call.out.code(line, indent=2)
    call.out.blank()
    call.out.paragraph(call.words("drift.adopted"))
    call.out.line(f"vado apply --plan {plan_id}", indent=2)
