"""Order: what a migration says it stands on, and what is applied though it came late.

What it stands on is written `-- vado: depends=VERSION` among its first comments.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from vado.database import Session
from vado.errors import MigrationFileInvalid
from vado.migrations.files import Migration, version_number
from vado.migrations.status import Standing
from vado.operations import OUT_OF_ORDER, agree, is_agreed
from vado.preview import Plan, require_met, with_order

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


def require_agreed(session: Session, plan: Plan, accepted: Collection[str]) -> None:
    """Raise RequirementsMissing for late files that nobody agrees to, now or once before.

    It may have been taken back since the preview.
    """
    if plan.out_of_order and OUT_OF_ORDER not in accepted:
        agreed = is_agreed(session, OUT_OF_ORDER)
        require_met(with_order(replace(plan, requires=()), agreed=agreed), None, accepted)


def keep_agreed(session: Session, plan: Plan, accepted: Collection[str], operation_id: str) -> None:
    """Remember for this database that late files were agreed to."""
    asked = plan.out_of_order and OUT_OF_ORDER in accepted
    if asked and not is_agreed(session, OUT_OF_ORDER):
        agree(session, OUT_OF_ORDER, operation_id, plan.out_of_order)
