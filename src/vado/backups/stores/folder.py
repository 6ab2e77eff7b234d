"""The files of a folder of backups: whoever may write to it decides what stands in them."""

import logging
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from vado.backups.manifest import Manifest
from vado.errors import BackupError

log = logging.getLogger("vado.backups")

ID = re.compile(r"bk_[0-9]{14}_[0-9a-f]{8}")
_LONGEST_BYTES = 64 * 2**20
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe of that name would be waited for


def files_in(folder: Path, ending: str) -> list[Path]:
    """Return the files of backups with that ending; none where there is no folder yet."""
    found = entries(folder)
    return [path for path in found if path.suffix == ending and ID.fullmatch(path.stem)]


def entries(folder: Path) -> list[Path]:
    """Return what lies in a folder, sorted; BackupError where it cannot be looked at."""
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BackupError(
            f"the backups in {folder} cannot be looked at: {error.strerror}",
            hint="Make the folder readable, or name another one with VADO_STATE.",
            details={
                "reason": "folder_unreadable",
                "folder": str(folder),
                "why": error.strerror,
            },
        ) from error


def manifests_in(folder: Path) -> Iterator[tuple[str, Manifest | None]]:
    """Yield each manifest by its file's name, None where it cannot be read: it hides no other."""
    for path in files_in(folder, ".json"):
        try:
            yield path.name, read_manifest(path)
        except BackupError as error:
            log.warning("manifest not readable", extra={"path": str(path), "error": error.message})
            yield path.name, None
        except OSError:
            continue  # it was deleted meanwhile


def unlisted(folder: Path) -> BackupError | None:
    """Return which manifests cannot be read, so that a list lacks what they tell."""
    names = [name for name, found in manifests_in(folder) if found is None]
    if not names:
        return None
    return BackupError(
        f"{', '.join(names)} in {folder} cannot be read: what it tells is not listed",
        hint="`vado backup adopt` looks for another copy; no file of a backup was touched.",
        details={"reason": "unlisted", "files": ", ".join(names)},
    )


def read_manifest(path: Path) -> Manifest:
    """Return the manifest that is called after its backup; FileNotFoundError or BackupError."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _NO_WAIT), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > _LONGEST_BYTES:
                raise _unreadable(path, "it is no file, or too large")
            text = file.read().decode()
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise _unreadable(path, error.strerror) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "it is no text") from error
    return Manifest.from_text(text, of=path.name.partition(".")[0])


def _unreadable(path: Path, why: str | None) -> BackupError:
    return BackupError(
        f"the manifest {path.name} cannot be read: {why}",
        hint="`vado backup adopt` looks for another copy of it.",
        details={"reason": "manifest_unreadable", "file": path.name},
    )
