"""Where the migrations are, and how a path is shown."""

from pathlib import Path

from vado.cli.call import Call
from vado.errors import NotFound


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


def short(path: Path) -> str:
    """Return the path as it is typed from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
