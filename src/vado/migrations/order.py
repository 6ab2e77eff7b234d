"""What a migration says it stands on: `-- vado: depends=VERSION` among its first comments."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vado.errors import MigrationFileInvalid
from vado.migrations.files import Migration, version_number
from vado.migrations.status import Standing

_SETTINGS = re.compile(r"--[ \t]*vado:(?P<settings>.*)")
_DEPENDS = re.compile(r"\bdepends=(?P<versions>[^\s]*)")


@dataclass(frozen=True, slots=True)
class Dependency:
    """A version that was named, and where (1-based characters)."""

    written: str
    line: int
    column: int

    @property
    def number(self) -> int | None:
        """The version as a number; None when it is none."""
        return version_number(self.written)


def dependencies(text: str) -> Iterator[Dependency]:
    """Yield what the comments at the head of a file name."""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("--"):
            return
        settings = _SETTINGS.match(line.lstrip())
        if settings is None:
            continue
        for named in _DEPENDS.finditer(line):
            start = named.start("versions")
            for part in re.finditer(r"[^,]+|^$", named["versions"]):
                yield Dependency(part[0], number, start + part.start() + 1)


def check_dependencies(migrations: Sequence[Migration], standing: Standing) -> None:
    """Raise MigrationFileInvalid when one that is to be applied stands on what is not there."""
    entries = {int(entry.version): entry for entry in standing.entries}
    reached = {number for number, e in entries.items() if e.row is not None and e.row.standing}
    for migration in migrations:
        for dependency in dependencies(migration.text):
            number = dependency.number
            if number is None:
                raise _invalid(migration, dependency, "depends= names no version")
            if number >= migration.number:
                raise _invalid(migration, dependency, f"depends on {number}, which is not earlier")
            if number not in entries:
                raise _invalid(migration, dependency, f"depends on {number}, which is not there")
            if number not in reached:
                raise _invalid(
                    migration,
                    dependency,
                    f"depends on {number}, which is neither applied nor part of the plan",
                )
        reached.add(migration.number)


def _invalid(migration: Migration, at: Dependency, what: str) -> MigrationFileInvalid:
    name = migration.path.name
    return MigrationFileInvalid(
        f"{name}:{at.line}:{at.column}: {what}",
        hint="Correct the header, or bring the file that it names.",
        details={
            "version": migration.version,
            "file": name,
            "line": at.line,
            "column": at.column,
            "reason": "dependency",
            "depends": at.written,
        },
    )
