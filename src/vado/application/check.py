"""Does a branch's migrations folder fit the branch it is to be merged into? No database is asked.

What the base branch has counts as applied somewhere: it is neither edited nor deleted, and what is
new comes after it, under a version of its own.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from vado.application.repository import Base, Repository, is_blob
from vado.errors import MigrationFileInvalid, NotFound
from vado.migrations import checksum, read_migration, read_text, version_number
from vado.sql import parse_script

Kind = Literal["collision", "edited", "missing", "out_of_order", "broken"]
# Apply would refuse these with the same exit code; a broken file is an error like any other.
REFUSED: tuple[Kind, ...] = ("collision", "edited", "missing", "out_of_order")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps the branch from being merged; line and column where there is a place."""

    kind: Kind
    file: str
    code: str
    message: str
    hint: str | None
    line: int | None = None
    column: int | None = None
    params: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as `--json` shows it."""
        names = ("kind", "file", "code", "line", "column", "message", "hint")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at, and what it found, in the order of versions."""

    base: Base
    files: int
    new: int
    problems: tuple[Problem, ...]


def check_branch(
    folder: Path, branch: str | None, variables: Mapping[str, str] | None = None
) -> Checked:
    """Compare the folder as it lies there with the base branch, and judge what is new in it.

    NotFound when there is no such folder or branch, RepositoryUnreadable when git cannot say.
    """
    if not folder.is_dir():
        raise NotFound(
            f"there is no migrations folder {folder}",
            hint="`vado new NAME` creates it, or name another with --migrations.",
        )
    comparison = _Comparison(folder, branch, os.environ if variables is None else variables)
    problems = sorted(comparison.problems(), key=_place)
    return Checked(comparison.base, comparison.files, comparison.new, tuple(problems))


def _place(problem: Problem) -> tuple[int, str, int]:
    return _number(problem.file) or 0, problem.file, problem.line or 0


def changed_files(
    paths: Sequence[Path], branch: str | None, variables: Mapping[str, str] | None = None
) -> list[Path]:
    """Return those of *paths* that are not as they are on the base branch."""
    known = os.environ if variables is None else variables
    found = {}
    for folder in {path.parent for path in paths}:
        repository = Repository(folder)
        found[folder] = (repository, repository.base(branch, known))
    return [path for path in paths if not _as_on_base(path, *found[path.parent])]


def _as_on_base(path: Path, repository: Repository, base: Base) -> bool:
    blobs = {files[path.name] for files in (base.files, base.before) if path.name in files}
    return any(_same(path, blob, repository) for blob in blobs)


class _Comparison:
    """The folder beside the base branch, by version."""

    def __init__(self, folder: Path, branch: str | None, variables: Mapping[str, str]) -> None:
        self._repository = Repository(folder)
        self.base = self._repository.base(branch, variables)
        self._tip = _by_number(self.base.files)
        self._fork = _by_number(self.base.before)
        self._newest = max(self._tip, default=-1)
        self._paths = sql_files(folder)
        self._own = _own(self._paths)

    @property
    def files(self) -> int:
        """How many there are."""
        return len(self._paths)

    @property
    def new(self) -> int:
        """How many of them the base branch never had."""
        known = {*self.base.files, *self.base.before}
        return len([path for path in self._paths if path.name not in known])

    def problems(self) -> Iterator[Problem]:
        for path in self._paths:
            number = _number(path.name)
            if number is None:
                yield from _broken(path)
            else:
                yield from self._about(number, path)
        for number, (name, _) in self._tip.items():
            if number in self._fork and number not in self._own:
                yield self._told("missing", Path(name))

    def _about(self, number: int, path: Path) -> Iterator[Problem]:
        twin = self._twin(number, path)
        if twin is None and self._untouched(number, path):
            return
        if twin is not None:
            yield self._told("collision", path, twin)
        elif number in self._tip:
            yield self._told("edited", path)
        elif number not in self._fork and number < self._newest:
            yield self._told("out_of_order", path, self._tip[self._newest][0])
        yield from _broken(path)

    def _twin(self, number: int, path: Path) -> str | None:
        """Return the other file that has this version, here or, new as well, over there."""
        others = [other.name for other in self._own[number] if other != path]
        if others and path.name not in self.base.files:
            return others[0]
        known = self._tip.get(number)
        both_new = known is not None and number not in self._fork
        return known[0] if known and both_new and known[0] != path.name else None

    def _untouched(self, number: int, path: Path) -> bool:
        """Say whether it is as over there, or as it was: then any change is not of this branch."""
        known = [files[number][1] for files in (self._tip, self._fork) if number in files]
        return any(_same(path, blob, self._repository) for blob in known)

    def _told(self, kind: Kind, path: Path, other: str = "") -> Problem:
        values = {"file": path.name, "base": self.base.name, "other": other}
        message, hint = _WORDS[kind]
        code = f"migration_{kind}"
        return Problem(kind, path.name, code, message(values), hint, params=values)


def sql_files(folder: Path) -> list[Path]:
    """Return the SQL files of a folder; hidden ones are an editor's, not the project's."""
    return sorted(path for path in folder.glob("*.sql") if not path.name.startswith("."))


def _own(paths: Sequence[Path]) -> dict[int, list[Path]]:
    found: dict[int, list[Path]] = {}
    for path in paths:
        number = _number(path.name)
        if number is not None:
            found.setdefault(number, []).append(path)
    return found


def _by_number(files: Mapping[str, str]) -> dict[int, tuple[str, str]]:
    found = ((_number(name), name, blob) for name, blob in sorted(files.items()))
    return {number: (name, blob) for number, name, blob in found if number is not None}


def _number(name: str) -> int | None:
    version, underscore, _ = name.partition("_")
    return version_number(version) if underscore else None


def _same(path: Path, blob: str, repository: Repository) -> bool:
    """Say whether a file has the checksum of a blob; most are told by their hash alone."""
    try:
        data = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        return is_blob(data, blob) or checksum(read_text(path)) == checksum(
            repository.text(blob).decode()
        )
    except (OSError, MigrationFileInvalid, UnicodeDecodeError):
        return False  # what cannot be read is told as broken


def _broken(path: Path) -> Iterator[Problem]:
    try:
        migration = read_migration(path)
    except MigrationFileInvalid as error:
        place = error.details.get("line"), error.details.get("column")
        yield Problem("broken", path.name, error.code, error.message, error.hint, *place)
        return
    for fault in (*migration.script.errors, *parse_script(migration.down or "").errors):
        place = fault.line, fault.column
        yield Problem("broken", path.name, fault.code, fault.message, fault.hint, *place)


_Say = Callable[[Mapping[str, str]], str]
_WORDS: Mapping[Kind, tuple[_Say, str]] = {
    "collision": (
        "{file} has the same version as {other}".format_map,
        "Give it a version of its own: `vado new` writes a free one.",
    ),
    "edited": (
        "{file} is on {base}, and is not the same there".format_map,
        "Bring the file back as it was, and write what you want to change as a new migration.",
    ),
    "missing": (
        "{file} is on {base}, and this branch deletes it".format_map,
        "Bring the file back; what it does is undone by a new migration.",
    ),
    "out_of_order": (
        "{file} is older than {other}, which is on {base} already".format_map,
        "Give the file a new version, so that it is applied after the others.",
    ),
}
