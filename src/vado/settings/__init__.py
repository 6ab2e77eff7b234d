"""What the user configured: flags, then variables, then `.env`, then `vado.toml`, then defaults."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vado.errors import ConfigurationInvalid
from vado.settings.backups import IDENTITY_VARIABLE, BackupSettings, Retention, S3Settings
from vado.settings.config import Config, reason_of
from vado.settings.environments import (
    CLASSES,
    EnvironmentClass,
    EnvironmentDefinition,
    Overrides,
    environments,
)
from vado.settings.folders import state_folder
from vado.settings.neon import NeonSettings
from vado.settings.secret import Secret

__all__ = [
    "CLASSES",
    "IDENTITY_VARIABLE",
    "BackupSettings",
    "EnvironmentClass",
    "EnvironmentDefinition",
    "NeonSettings",
    "Overrides",
    "Retention",
    "S3Settings",
    "Secret",
    "Settings",
    "load_settings",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of one run of Vado."""

    project_folder: Path
    migrations_folder: Path
    state_folder: Path
    environments: tuple[EnvironmentDefinition, ...]
    variables: Mapping[str, str] = field(repr=False)


def load_settings(
    overrides: Overrides | None = None, variables: Mapping[str, str] | None = None
) -> Settings:
    """Read the configuration of the project in the working folder (or the one in *overrides*)."""
    flags = overrides or Overrides()
    process = os.environ if variables is None else variables
    project = (flags.project or Path.cwd()).absolute()
    dotenv = _dotenv(project / ".env")
    known = {**dotenv, **process}
    config = Config.read(project)
    migrations = (flags.migrations or config.folder(config.top, ("migrations",))).absolute()
    return Settings(
        project_folder=project,
        migrations_folder=migrations,
        state_folder=state_folder(flags.state, known),
        environments=environments(flags, config, (process, dotenv), migrations),
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
            f"{path.name} cannot be read: {reason_of(error)}", hint="Save it as UTF-8."
        ) from error
    return {k: v for k, v in found.items() if v is not None}
