"""What the user configured: flags, then variables, then `.env`, then `vado.toml`, then defaults."""

import os
import re
import stat
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
_SEE_FORMATS = "Correct the file, see docs/formats.md."
_CLASS_HINT = f"It may be {', '.join(CLASSES)}."
_TOP_KEYS = frozenset({"migrations", "environments"})
_ENVIRONMENT_KEYS = frozenset({"url_env", "class", "migrations"})
_URL_VARIABLES = ("DATABASE_URL_UNPOOLED", "DATABASE_URL")
# What the process was given, then what `.env` says.
_Sources = tuple[Mapping[str, str], Mapping[str, str]]


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
    """An environment as configured: its URL still unparsed and secret (None: use PG* variables).

    `bare` is one that no vado.toml names: it is known by its address alone.
    """

    name: str
    url: Secret | None
    environment_class: EnvironmentClass | None
    migrations_folder: Path
    bare: bool = False


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
    environment_class: EnvironmentClass | None = None
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
    dotenv = _dotenv(project / ".env")
    known = {**dotenv, **process}
    config = _Config.read(project)
    migrations = (flags.migrations or config.folder(config.top, ("migrations",))).absolute()
    return Settings(
        project_folder=project,
        migrations_folder=migrations,
        state_folder=_state_folder(flags, known),
        environments=_environments(flags, config, (process, dotenv), migrations),
        variables=known,
    )


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    # Loaded here: most projects have no such file and start quicker without.
    from dotenv import dotenv_values  # noqa: PLC0415

    try:
        found = dotenv_values(path, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationInvalid(
            f"{path.name} cannot be read: {_reason(error)}", hint="Save it as UTF-8."
        ) from error
    return {k: v for k, v in found.items() if v is not None}


def _reason(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "no access"
    line = error.object.count(b"\n", 0, error.start) + 1
    return f"line {line} is not UTF-8"


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


@dataclass(frozen=True, slots=True)
class _Config:
    """`vado.toml` as data, with its text, so that what is wrong in it has a line."""

    project: Path
    top: Mapping[str, object]
    text: str

    @classmethod
    def read(cls, project: Path) -> "_Config":
        path = project / CONFIG_NAME
        if not path.is_file():
            return cls(project, {}, "")
        try:
            text = path.read_text(encoding="utf-8")
            config = cls(project, tomllib.loads(text), text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigurationInvalid(f"{path.name}: {error}", hint=_SEE_FORMATS) from error
        except (UnicodeDecodeError, OSError) as error:
            raise ConfigurationInvalid(
                f"{path.name} cannot be read: {_reason(error)}", hint=_SEE_FORMATS
            ) from error
        config.only_known(config.top, _TOP_KEYS, ())
        return config

    def wrong(self, path: tuple[str, ...], what: str, hint: str) -> ConfigurationInvalid:
        """Return the error about the key at *path*, with its line where that can be told."""
        line = _line_of(self.text, path)
        place = CONFIG_NAME if line is None else f"{CONFIG_NAME}:{line}"
        return ConfigurationInvalid(
            f"{place}: {'.'.join(path)} {what}",
            hint=hint,
            details={"file": CONFIG_NAME, "line": line},
        )

    def only_known(
        self, table: Mapping[str, object], known: frozenset[str], path: tuple[str, ...]
    ) -> None:
        for key in table:
            if key not in known:
                raise self.wrong(
                    (*path, key),
                    "is not known",
                    f"Known keys here are {', '.join(sorted(known))}; passwords never go there.",
                )

    def folder(self, table: Mapping[str, object], path: tuple[str, ...]) -> Path:
        value = table.get(path[-1], "migrations")
        if not isinstance(value, str) or not value:
            raise self.wrong(path, "is not a text", 'Write migrations = "folder".')
        return self.project / value


def _line_of(text: str, path: tuple[str, ...]) -> int | None:
    """Return the line where the key at *path* is written, or its table, as far as that is plain."""
    *tables, key = path
    spelled = r"[\"']?\s*\.\s*[\"']?".join(re.escape(name) for name in path)
    header = re.search(rf"^\s*\[\s*[\"']?{spelled}[\"']?\s*\]", text, re.MULTILINE)
    if header is None and tables and (line := _line_of(text, tuple(tables))):
        rest = text.split("\n")[line:]
        for number, content in enumerate(rest, line + 1):
            if content.lstrip().startswith("["):
                break
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", content):
                return number
        return line
    found = header or re.search(rf"^\s*[\"']?{spelled}[\"']?\s*[=.]", text, re.MULTILINE)
    return None if found is None else text.count("\n", 0, found.end()) + 1


def _environments(
    flags: Overrides, config: _Config, sources: _Sources, folder: Path
) -> tuple[EnvironmentDefinition, ...]:
    chosen = flags.environment_class
    if chosen is not None and chosen not in CLASSES:
        raise ConfigurationInvalid(f"--class is {chosen!r}", hint=_CLASS_HINT)
    if flags.url is not None:
        return (_bare(Secret(flags.url), chosen, folder),)
    process, dotenv = sources
    variables = {**dotenv, **process}
    tables = config.top.get("environments", {})
    if not isinstance(tables, dict):
        raise config.wrong(("environments",), "is not a table", "Write [environments.NAME].")
    if tables:
        return tuple(
            _environment(name, table, (config, variables, flags, folder))
            for name, table in tables.items()
        )
    # All of the process's own before the file's: who types DATABASE_URL before a command must not
    # be led to the database of a DATABASE_URL_UNPOOLED that stands in the file.
    given = (source.get(name) for source in sources for name in _URL_VARIABLES)
    url = next((text for text in given if text), None)
    if url:
        return (_bare(Secret(url), chosen, folder),)
    if "PGDATABASE" in variables or "PGHOST" in variables:
        return (_bare(None, chosen, folder),)
    return ()


def _bare(
    url: Secret | None, environment_class: EnvironmentClass | None, folder: Path
) -> EnvironmentDefinition:
    return EnvironmentDefinition("default", url, environment_class, folder, bare=True)


_Around = tuple[_Config, Mapping[str, str], Overrides, Path]


def _environment(name: str, table: object, around: _Around) -> EnvironmentDefinition:
    config, variables, flags, folder = around
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
        url=Secret(variables.get(variable) or ""),
        environment_class=_class(table.get("class"), (*path, "class"), config, flags),
        migrations_folder=config.folder(table, (*path, "migrations")) if own else folder,
    )


def _class(
    value: object, path: tuple[str, ...], config: _Config, flags: Overrides
) -> EnvironmentClass | None:
    """Return the class; the command line may ask for more care than the file, never for less."""
    if value is not None and value not in CLASSES:
        raise config.wrong(path, f"is {value!r}", _CLASS_HINT)
    given: list[EnvironmentClass] = [c for c in (value, flags.environment_class) if c is not None]
    return max(given, key=CLASSES.index, default=None)
