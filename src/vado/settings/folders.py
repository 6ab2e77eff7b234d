"""The state folder: private, and never somebody else's."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from vado.errors import StateUnavailable


def state_folder(given: Path | None, variables: Mapping[str, str]) -> Path:
    """Return the folder, made when it is not there; StateUnavailable when it cannot be used."""
    if given is not None:
        folder = given.absolute()
    elif named := variables.get("VADO_STATE"):
        folder = Path(named).absolute()
    else:
        from platformdirs import user_state_path  # noqa: PLC0415 (start-up time, as above)

        folder = user_state_path("vado", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(folder)
    except OSError as error:
        raise StateUnavailable(
            f"cannot use the state folder {folder}: {error.strerror}",
            hint="Give a folder that you may write to with VADO_STATE.",
        ) from error
    return folder


def _make_private(folder: Path) -> None:
    """Close the folder to others, unless it is somebody else's: VADO_STATE=/tmp must stay /tmp."""
    if os.name != "posix" or not stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return
    if any(folder.iterdir()) and not (folder / "state.sqlite3").exists():
        raise StateUnavailable(
            f"the state folder {folder} holds other things and is open to other users",
            hint="Name a folder of its own with VADO_STATE.",
        )
    folder.chmod(0o700)
