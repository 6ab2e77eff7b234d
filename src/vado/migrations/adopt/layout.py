"""What a foreign project looks like as migrations of Vado: versions, names and texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vado.migrations.adopt.detect import ForeignProject
from vado.migrations.adopt.interface import ForeignMigration, LedgerEntry, Problem
from vado.migrations.adopt.texts import rising, without_transaction
from vado.migrations.files import Migration, migration_of, read_folder, slug


@dataclass(frozen=True, slots=True)
class Adopted:
    """One migration as Vado will have it; `entry` is None while it is pending.

    `source` is the other tool's file, in its folder.
    """

    migration: Migration
    foreign: ForeignMigration
    source: str
    entry: LedgerEntry | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole project as Vado will have it; in place, no file is written."""

    in_place: bool
    migrations: tuple[Adopted, ...]
    problems: tuple[Problem, ...]

    @property
    def applied(self) -> list[Adopted]:
        """Those that the foreign ledger says are applied."""
        return [item for item in self.migrations if item.entry is not None]


def lay_out(project: ForeignProject, folder: Path) -> Layout:
    """Say which files *folder* will hold, and what stands in the way of that."""
    here = project.files.folder.resolve() == folder.resolve()
    if here and project.reader.native:
        return _in_place(project, folder)
    migrations = tuple(_written(project, folder))
    problems = [*_where(project, folder, here=here), *_clashes(migrations, folder, here=here)]
    return Layout(in_place=False, migrations=migrations, problems=tuple(problems))


def _in_place(project: ForeignProject, folder: Path) -> Layout:
    own = {m.path.name: m for m in read_folder(folder)}
    migrations = tuple(
        Adopted(own[m.source.name], m, m.source.name, project.applied.get(m.key))
        for m in project.files.migrations
    )
    return Layout(in_place=True, migrations=migrations, problems=())


def _written(project: ForeignProject, folder: Path) -> Iterator[Adopted]:
    ordered = _in_order(project)
    for foreign, version in zip(ordered, rising(m.stamp for m in ordered), strict=True):
        name = slug(foreign.name) or "migration"
        path = folder / f"{version}_{name}.sql"
        source = foreign.source.relative_to(project.files.folder).as_posix()
        text = f"-- Adopted from {project.tool}: {source}\n{_sections(foreign)}"
        migration = migration_of(str(version), name, path, text)
        yield Adopted(migration, foreign, source, project.applied.get(foreign.key))


def _in_order(project: ForeignProject) -> list[ForeignMigration]:
    """Put repeatable migrations that ran before the pending ones, so that these stay pending."""
    files = project.files.migrations
    ran = [m for m in files if m.repeatable and m.key in project.applied]
    others = [m for m in files if m not in ran]
    place = max((i + 1 for i, m in enumerate(others) if m.key in project.applied), default=0)
    return [*others[:place], *ran, *others[place:]]


def _sections(foreign: ForeignMigration) -> str:
    up = f"-- migrate:up\n{without_transaction(foreign.up)}\n"
    down = without_transaction(foreign.down) if foreign.down else ""
    return f"{up}\n-- migrate:down\n{down}\n" if down else up


def _where(project: ForeignProject, folder: Path, *, here: bool) -> Iterator[Problem]:
    theirs = project.files.folder
    if project.reader.only_in_place:
        yield Problem(
            "folder_differs",
            str(theirs),
            f"the files of {project.tool} are read where they lie, in {theirs}, not in {folder}",
            hint="Name that folder with --migrations, and for good in vado.toml.",
        )
    elif here:
        yield Problem(
            "folder_taken",
            str(folder),
            f"{folder} holds the files of {project.tool}, and Vado's need a folder of their own",
            hint="Name another with --migrations, and for good in vado.toml.",
        )


def _clashes(migrations: Sequence[Adopted], folder: Path, *, here: bool) -> Iterator[Problem]:
    """Files that are there already are kept, so they have to be the same ones."""
    if here or not folder.is_dir():
        return
    existing = {m.number: m for m in read_folder(folder)}
    for item in migrations:
        found = existing.get(item.migration.number)
        if found is None:
            continue
        same = found.path.name == item.migration.path.name
        if not same or found.checksum != item.migration.checksum:
            yield Problem("file_exists", found.path.name, f"{found.path.name} exists and differs")
