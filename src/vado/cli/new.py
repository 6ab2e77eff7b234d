"""`vado new`: a new migration file."""

import sys
from pathlib import Path

from vado.cli.call import FORMAT, Call
from vado.cli.places import migrations_folder, short
from vado.cli.screen import bold
from vado.migrations import create_migration, read_text


def run(call: Call) -> int:
    """Write the file and say where it is."""
    if call.option("from_diff"):
        from vado.cli.from_diff import write_from_diff

        return write_from_diff(call)
    folder = migrations_folder(call)
    up = _given(call.option("up_file"))
    proposed = _proposed(up) if call.option("propose_down") else None
    migration = create_migration(folder, call.option("name"), up=up, down=proposed or "")
    if call.json:
        call.document(
            {
                "format": FORMAT,
                "version": migration.version,
                "name": migration.name,
                "file": migration.path.name,
                "path": str(migration.path),
                "proposed_down": proposed,
            }
        )
        return 0
    call.out.line(call.words("new.written"), " ", bold(short(migration.path)))
    if call.option("propose_down"):
        _show_proposed(call, proposed)
    call.out.line(call.words("new.check" if up.strip() else "new.next"))
    return 0


def _given(name: str | None) -> str:
    """Return the SQL of a file, "-" is standard input; nothing without one."""
    if name is None:
        return ""
    return sys.stdin.read() if name == "-" else read_text(Path(name))


def _proposed(up: str) -> str | None:
    # The parser takes longer to load than the rest of the command takes.
    from vado.migrations import propose_down

    return propose_down(up)


def _show_proposed(call: Call, proposed: str | None) -> None:
    if proposed is None:
        call.out.paragraph(call.words("new.nothing_proposed"))
        return
    call.out.line(call.words("new.proposed"))
    for line in proposed.splitlines():
        call.out.code(line, indent=2)
