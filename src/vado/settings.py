"""What the user configured: flags, then variables, then `.env`, then `vado.toml`, then defaults."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from vado.errors import ConfigurationInvalid, StateUnavailable
from vado.logging import register_secret

EnvironmentClass = Literal["development", "staging", "production"]
CLASSES: tuple[EnvironmentClass, ...] = get_args(EnvironmentClass)

CONFIG_NAME = "vado.toml"
_TOP_KEYS = frozenset({"migrations", "environments"})
_ENVIRONMENT_KEYS = frozenset({"url_env", "class", "migrations"})


class Secret:
    """Text that no log, error, answer or debugger shows by accident."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text
        register_secret(text)

    def reveal(self) -> str:
        """Return the text itself; the caller answers for where it goes."""
        return self._text

    def __repr__(self) -> str:
        return "'***'"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@dataclass(frozen=True, slots=True)
class EnvironmentDefinition:
    """An environment as configured: its URL still unparsed and secret (None: use PG* variables)."""

    name: str
    url: Secret | None
    environment_class: EnvironmentClass | None
    migrations_folder: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of one run of Vado."""

    project_folder: Path
    migrations_folder: Path
    state_folder: Path
    environments: tuple[EnvironmentDefinition, ...]
    variables: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says; it goes before everything else."""

    url: str | None = None
    environment_class: str | None = None
    migrations: Path | None = None
    project: Path | None = None
    state: Path | None = None


def load_settings(
    overrides: Overrides | None = None, variables: Mapping[str, str] | None = None
) -> Settings:
    """Read the configuration of the project in the working folder (or the one in *overrides*)."""
    flags = overrides or Overrides()
    process = os.environ if variables is None else variables
    project = (flags.project or Path.cwd()).absolute()
    known = {**_dotenv(project / ".env"), **process}
    config = _read_toml(project / CONFIG_NAME)
    migrations = flags.migrations or _folder(project, config.get("migrations", "migrations"))
    return Settings(
        project_folder=project,
        migrations_folder=migrations.absolute(),
        state_folder=_state_folder(flags, known),
        environments=_environments(flags, config, known, migrations.absolute()),
        variables=known,
    )


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    # Loaded here: most projects have no such file and start quicker without.
    from dotenv import dotenv_values  # noqa: PLC0415

    return {k: v for k, v in dotenv_values(path, interpolate=False).items() if v is not None}


def _state_folder(flags: Overrides, variables: Mapping[str, str]) -> Path:
    if flags.state is not None:
        folder = flags.state.absolute()
    elif given := variables.get("VADO_STATE"):
        folder = Path(given).absolute()
    else:
        from platformdirs import user_state_path  # noqa: PLC0415 (start-up time, as above)

        folder = user_state_path("vado", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StateUnavailable(
            f"cannot use the state folder {folder}: {error.strerror}",
            hint="Give a folder that you may write to with VADO_STATE.",
        ) from error
    return folder


def _read_toml(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        config: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationInvalid(
            f"{path.name} cannot be read: {error}", hint="Correct the file, see docs/formats.md."
        ) from error
    _only_known(config, _TOP_KEYS, path.name)
    return config


def _only_known(table: Mapping[str, object], known: frozenset[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise ConfigurationInvalid(
                f"{where} has an unknown key {key!r}",
                hint=f"Known keys here are {', '.join(sorted(known))}; passwords never go there.",
            )


def _folder(project: Path, value: object) -> Path:
    if not isinstance(value, str):
        raise ConfigurationInvalid(
            f"migrations in {CONFIG_NAME} is not a text", hint='Write migrations = "folder".'
        )
    return project / value


def _environments(
    flags: Overrides, config: Mapping[str, object], variables: Mapping[str, str], folder: Path
) -> tuple[EnvironmentDefinition, ...]:
    chosen = _class(flags.environment_class, "--class")
    if flags.url is not None:
        return (EnvironmentDefinition("default", Secret(flags.url), chosen, folder),)
    tables = config.get("environments", {})
    if isinstance(tables, dict) and tables:
        return tuple(_environment(name, table, variables, folder) for name, table in tables.items())
    url = variables.get("DATABASE_URL_UNPOOLED") or variables.get("DATABASE_URL")
    if url:
        return (EnvironmentDefinition("default", Secret(url), chosen, folder),)
    if "PGDATABASE" in variables or "PGHOST" in variables:
        return (EnvironmentDefinition("default", None, chosen, folder),)
    return ()


def _class(value: object, where: str) -> EnvironmentClass | None:
    if value is None:
        return None
    if value not in CLASSES:
        raise ConfigurationInvalid(f"{where} is {value!r}", hint=f"It may be {', '.join(CLASSES)}.")
    return value


def _environment(
    name: str, table: object, variables: Mapping[str, str], folder: Path
) -> EnvironmentDefinition:
    where = f"[environments.{name}] in {CONFIG_NAME}"
    if not isinstance(table, dict):
        raise ConfigurationInvalid(f"{where} is not a table", hint="See docs/formats.md.")
    _only_known(table, _ENVIRONMENT_KEYS, where)
    variable = table.get("url_env")
    if not isinstance(variable, str):
        raise ConfigurationInvalid(
            f"{where} has no url_env", hint="Name the variable that holds the connection string."
        )
    url = variables.get(variable)
    own = table.get("migrations")
    return EnvironmentDefinition(
        name=name,
        # Kept empty rather than refused: the other environments must go on working without it.
        url=Secret(url or ""),
        environment_class=_class(table.get("class"), f"class of {where}"),
        migrations_folder=folder if own is None else _folder(folder.parent, own).absolute(),
    )
