"""The environments of a project, as configured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from vado.errors import ConfigurationInvalid
from vado.settings.backups import BackupSettings, read_backups
from vado.settings.config import Config
from vado.settings.neon import NeonSettings, read_neon
from vado.settings.secret import Secret

EnvironmentClass = Literal["development", "staging", "production"]
CLASSES: tuple[EnvironmentClass, ...] = get_args(EnvironmentClass)

_CLASS_HINT = f"It may be {', '.join(CLASSES)}."
_ENVIRONMENT_KEYS = frozenset({"url_env", "class", "migrations", "backups", "neon"})
_URL_VARIABLES = ("DATABASE_URL_UNPOOLED", "DATABASE_URL")
# What the process was given, then what `.env` says.
Sources = tuple[Mapping[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class EnvironmentDefinition:
    """An environment as configured: its URL still unparsed and secret (None: use PG* variables).

    `bare` is one that no vado.toml names: it is known by its address alone.
    """

    name: str
    url: Secret | None
    environment_class: EnvironmentClass | None
    migrations_folder: Path
    bare: bool = False
    backups: BackupSettings = field(default_factory=BackupSettings)
    neon: NeonSettings | None = None


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says; it goes before everything else."""

    url: str | None = None
    environment_class: EnvironmentClass | None = None
    migrations: Path | None = None
    project: Path | None = None
    state: Path | None = None


def environments(
    flags: Overrides, config: Config, sources: Sources, folder: Path
) -> tuple[EnvironmentDefinition, ...]:
    """Return what `vado.toml` names, else the one database that flags or variables lead to."""
    chosen = flags.environment_class
    if chosen is not None and chosen not in CLASSES:
        raise ConfigurationInvalid(f"--class is {chosen!r}", hint=_CLASS_HINT)
    process, dotenv = sources
    variables = {**dotenv, **process}
    around = _Around(config, variables, flags, folder)
    if flags.url is not None:
        return (_bare(Secret(flags.url), around),)
    tables = config.top.get("environments", {})
    if not isinstance(tables, dict):
        raise config.wrong(("environments",), "is not a table", "Write [environments.NAME].")
    if tables:
        return tuple(_environment(name, table, around) for name, table in tables.items())
    # All of the process's own before the file's: who types DATABASE_URL before a command must not
    # be led to the database of a DATABASE_URL_UNPOOLED that stands in the file.
    given = (source.get(name) for source in sources for name in _URL_VARIABLES)
    url = next((text for text in given if text), None)
    if url:
        return (_bare(Secret(url), around),)
    if "PGDATABASE" in variables or "PGHOST" in variables:
        return (_bare(None, around),)
    return ()


@dataclass(frozen=True, slots=True)
class _Around:
    """What every environment of one run has around it."""

    config: Config
    variables: Mapping[str, str]
    flags: Overrides
    folder: Path


def _bare(url: Secret | None, around: _Around) -> EnvironmentDefinition:
    return EnvironmentDefinition(
        name="default",
        url=url,
        environment_class=around.flags.environment_class,
        migrations_folder=around.folder,
        bare=True,
        backups=read_backups(around.config, (), around.variables),
        neon=read_neon(around.config, (), around.variables),
    )


def _environment(name: str, table: object, around: _Around) -> EnvironmentDefinition:
    config, flags = around.config, around.flags
    path = ("environments", name)
    if not isinstance(table, dict):
        raise config.wrong(path, "is not a table", "Write [environments.NAME].")
    config.only_known(table, _ENVIRONMENT_KEYS, path)
    variable = table.get("url_env")
    if not isinstance(variable, str) or not variable:
        raise config.wrong(
            path, "has no url_env", "Name the variable that holds the connection string."
        )
    own = "migrations" in table and flags.migrations is None
    return EnvironmentDefinition(
        name=name,
        # Kept empty rather than refused: the other environments must go on working without it.
        url=Secret(around.variables.get(variable) or ""),
        environment_class=_class(table.get("class"), (*path, "class"), config, flags),
        migrations_folder=config.folder(table, (*path, "migrations")) if own else around.folder,
        backups=read_backups(config, path, around.variables),
        neon=read_neon(config, path, around.variables),
    )


def _class(
    value: object, path: tuple[str, ...], config: Config, flags: Overrides
) -> EnvironmentClass | None:
    """Return the class; the command line may ask for more care than the file, never for less."""
    if value is not None and value not in CLASSES:
        raise config.wrong(path, f"is {value!r}", _CLASS_HINT)
    given: list[EnvironmentClass] = [c for c in (value, flags.environment_class) if c is not None]
    return max(given, key=CLASSES.index, default=None)
