"""What a side of a comparison may be: a database, a folder of migrations, a file, a backup."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vado.application.vado import Vado
from vado.database import Target, connect
from vado.environments import Environment, target_of
from vado.errors import ComparisonImpossible, NotFound
from vado.operations import Job, Unheard

if TYPE_CHECKING:
    from vado.migrations import Migration
    from vado.preview import PlannedMigration, Side

Kind = Literal["database", "folder", "file", "backup", "ledger"]

# Whoever runs a script owns what it makes, with the extensions that are at hand there.
BY_CHANCE = ("owner", "version", "tablespace")


@dataclass(frozen=True, slots=True)
class Source:
    """One side as it was asked for; `target` is its database, or where its backup belongs.

    `scripts` are those of a ledger, which are known when it is named.
    """

    kind: Kind
    text: str
    target: Target | None = None
    path: Path | None = None
    backup_id: str | None = None
    environment: Environment | None = None
    scripts: "tuple[PlannedMigration, ...]" = ()

    @property
    def made(self) -> bool:
        """Whether scripts make it, so that owners are a matter of who ran them."""
        return self.kind in {"folder", "file", "ledger"}


@dataclass(frozen=True, slots=True)
class Read:
    """One side as it was read; `runner` is the role that reads its database."""

    source: Source
    side: "Side"
    runner: str | None


def source_of(vado: Vado, text: str) -> Source:
    """Return what *text* names: a URL, an environment, a folder, a file, a backup.

    Raises NotFound when it names nothing.
    """
    if "://" in text:
        return Source("database", text, target=target_of(text))
    if text in {definition.name for definition in vado.settings.environments}:
        return Source("database", text, target=vado.environment(text).target)
    path = Path(text)
    if path.is_dir():
        return Source("folder", text, path=path)
    if path.is_file():
        return Source("file", text, path=path)
    return _backup(vado, text)


def _backup(vado: Vado, text: str) -> Source:
    for environment in vado.environments().values():
        with suppress(NotFound):
            return backup_source(environment, text)
    raise NotFound(
        f"{text!r} is no database, environment, folder, file or backup",
        hint="Give a connection string, the name of an environment, a path, or a backup's id.",
    )


def backup_source(environment: Environment, backup_id: str) -> Source:
    """Return a backup of an environment as a source; NotFound when there is no such file."""
    from vado.backups import backup_file  # noqa: PLC0415 (most comparisons are of databases)

    backup_file(environment, backup_id)
    target = environment.target
    return Source("backup", backup_id, target, backup_id=backup_id, environment=environment)


def read_source(vado: Vado, source: Source, beside: Target | None) -> Read:
    """Read one side; scripts and backups are run on an empty database *beside* the other side."""
    from vado.preview import made_by_scripts, read_side  # noqa: PLC0415 (as above)

    if source.kind == "database" and source.target is not None:
        with connect(source.target, application_name="vado diff", read_only=True) as session:
            return Read(source, read_side(session), session.value("select current_user"))
    job = Job("comparison", Unheard())
    if source.environment is not None and source.backup_id is not None:
        return Read(source, _backed_up(source.environment, source.backup_id, job), None)
    place = place_for(vado, beside)
    return Read(source, made_by_scripts(_scripts(source), place, beside, job), None)


def _backed_up(environment: Environment, backup_id: str, job: Job) -> "Side":
    from vado.backups import opened_backup  # noqa: PLC0415 (as above)
    from vado.preview import made_by_dump  # noqa: PLC0415 (as above)

    target = environment.target
    with connect(target, application_name="vado diff", read_only=True) as session:
        version = session.server_version
    with opened_backup(environment, backup_id, job) as archive:
        return made_by_dump(archive, target, version, job)


def _scripts(source: Source) -> "list[PlannedMigration]":
    from vado.migrations import migration_of, planned_up, read_folder, read_text  # noqa: PLC0415 (as above)

    if source.kind == "ledger":
        return list(source.scripts)
    path = source.path or Path()
    if source.kind == "folder":
        migrations = read_folder(path)
    else:
        migrations = [migration_of("0", path.name, path, _for_psql(read_text(path)))]
    for migration in migrations:
        _refuse_broken(migration)
    return [planned_up(migration) for migration in migrations]


def _refuse_broken(migration: "Migration") -> None:
    if migration.script.errors:
        error = migration.script.errors[0]
        raise ComparisonImpossible(
            f"{migration.path.name}, line {error.line}: {error.message}", hint=error.hint
        )


def _for_psql(text: str) -> str:
    """Blank out what pg_dump writes for psql, and what only frames the whole in a transaction."""
    lines = text.split("\n")
    return "\n".join("" if _frames(line) else line for line in lines)


def _frames(line: str) -> bool:
    word = line.strip().rstrip(";").strip().lower()
    return word in _FRAMES or word.startswith(("\\restrict ", "\\unrestrict "))


_FRAMES = frozenset({"begin", "commit", "begin transaction", "start transaction"})


def place_for(vado: Vado, beside: Target | None) -> Environment:
    """Return an environment that says where Vado keeps its own server."""
    settings = vado.settings
    return Environment(
        name="comparison",
        environment_class="development",
        target=beside or Target("", 0, "", ""),
        migrations_folder=settings.migrations_folder,
        state_folder=settings.state_folder,
        named=False,
    )
