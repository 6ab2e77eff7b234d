"""`vado new`: a new migration file."""

from pathlib import Path

from vado.cli.call import FORMAT, Call
from vado.cli.screen import bold
from vado.errors import NotFound
from vado.migrations import create_migration


def run(call: Call) -> int:
    """Write the file and say where it is."""
    folder = migrations_folder(call)
    migration = create_migration(folder, call.option("name"))
    if call.json:
        call.document(
            {
                "format": FORMAT,
                "version": migration.version,
                "name": migration.name,
                "file": migration.path.name,
                "path": str(migration.path),
            }
        )
        return 0
    call.out.line(call.words("new.written"), " ", bold(_short(migration.path)))
    call.out.line(call.words("new.next"))
    return 0


def migrations_folder(call: Call) -> Path:
    """Return the migrations folder; no connection string is needed to find it."""
    known = {d.name: d.migrations_folder for d in call.settings.environments}
    name = call.option("environment")
    if name is None:
        # Environments may share one folder or have their own; one alone leaves no doubt.
        folders = set(known.values())
        return folders.pop() if len(folders) == 1 else call.settings.migrations_folder
    if name not in known:
        raise NotFound(
            f"there is no environment {name!r}", hint=f"There are: {', '.join(known) or 'none'}."
        )
    return known[name]


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
