"""`vado new --from-diff`: a migration that is written from what differs, with its way back."""

from typing import Any

from vado.application import Order, Source, generate_migration
from vado.cli.call import FORMAT, Call
from vado.cli.places import migrations_folder, short
from vado.cli.screen import bold
from vado.cli.unwritten import unwritten
from vado.migrations import Migration, create_migration
from vado.sql import parse_script

_UNPROVEN = 6


def write_from_diff(call: Call) -> int:
    """Write what takes the environment to the given schema; 6 when that is not complete."""
    here = Source("database", call.environment.name, call.environment.target)
    there = call.option("from_diff")
    up = generate_migration(call.vado, Order(here, there, by_size=True))
    if up["equal"]:
        return _nothing(call)
    down = generate_migration(call.vado, Order(there, here))
    alone = any(not s.transactional for s in parse_script(up["sql"]).statements)
    migration = create_migration(
        migrations_folder(call),
        call.option("name"),
        up=up["sql"],
        down=_way_back(call, down),
        transaction=not alone,
    )
    _tell(call, migration, up, down)
    return 0 if up["complete"] else _UNPROVEN


def _nothing(call: Call) -> int:
    if call.json:
        call.document({"format": FORMAT, "equal": True, "file": None})
    else:
        call.out.line(call.words("diff.equal"))
    return 0


def _lost(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(c["kind"], c["identity"]) for c in document["changes"] if c["destructive"]]


def _lost_again(call: Call, document: dict[str, Any]) -> list[str]:
    named = (f"{call.words.named('object', kind)} {name}" for kind, name in _lost(document))
    return [call.words("new.lost_again", what=what) for what in named]


def _way_back(call: Call, down: dict[str, Any]) -> str:
    """Return the way back, which says what it takes away again and what it leaves."""
    lines = [f"-- {line}" for line in _lost_again(call, down)]
    lines += [f"-- {line}" for line in unwritten(call.words, down["cannot"])]
    return "\n".join([*(line.replace("\n", " ") for line in lines), down["sql"]])


def _tell(call: Call, migration: Migration, up: dict[str, Any], down: dict[str, Any]) -> None:
    if call.json:
        call.document(
            {
                "format": FORMAT,
                "equal": False,
                "version": migration.version,
                "name": migration.name,
                "file": migration.path.name,
                "path": str(migration.path),
                "complete": up["complete"],
                "cannot": up["cannot"],
                "left": up["proof"]["left"],
                "down": {
                    "complete": down["complete"],
                    "loses": [" ".join(lost) for lost in _lost(down)],
                },
            }
        )
        return
    call.out.line(call.words("new.written"), " ", bold(short(migration.path)))
    for line in unwritten(call.words, up["cannot"], up["proof"]["left"]):
        call.err.line(line)
    for line in _lost_again(call, down):
        call.err.line(line)
    call.out.line(call.words("new.check"))
