"""A named database connection with its class and policy."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from vado.database import Session, Target, connect, lent_session, parse_url, target_from_variables
from vado.environments.neon_host import neon_target
from vado.environments.policy import Policy, policy_of
from vado.errors import ConfigurationInvalid, NotFound, UsageError
from vado.operations import observed
from vado.settings import (
    BackupSettings,
    EnvironmentClass,
    EnvironmentDefinition,
    NeonSettings,
    Settings,
)

_SILENCE_S = 30.0
# Most sessions are over before anybody needs to look after them.
_SOON_S = 3.0
_HINT = "Give --url, set DATABASE_URL, or describe environments in vado.toml."


@dataclass(frozen=True, slots=True)
class Environment:
    """One database that Vado works on.

    `project_folder` tells environments of the same name in two projects apart.
    """

    name: str
    environment_class: EnvironmentClass
    target: Target
    migrations_folder: Path
    state_folder: Path
    named: bool
    project_folder: Path = Path()
    backups: BackupSettings = field(default_factory=BackupSettings)
    neon: NeonSettings | None = None

    @property
    def policy(self) -> Policy:
        """What this environment demands."""
        return policy_of(self.environment_class)

    @property
    def confirmation_word(self) -> str:
        """What has to be typed: the environment's name, or the database's for a bare URL."""
        return self.name if self.named else self.target.dbname

    @property
    def tls(self) -> bool:
        """Whether the connection is made with TLS or not at all."""
        return self.target.keywords()["sslmode"] in {"require", "verify-ca", "verify-full"}

    @contextmanager
    def session(
        self, *, read_only: bool = False, silence_s: float = _SILENCE_S
    ) -> Iterator[Session]:
        """Open a session on the database; ConnectionFailed when it is silent for *silence_s*."""
        opened = lent_session(self.target) if read_only else connect(self.target)
        with (
            opened as session,
            observed(session, None, silence_s, after_s=min(silence_s, _SOON_S)),
        ):
            yield session


def environments_of(settings: Settings) -> dict[str, Environment]:
    """Return the configured environments that have a readable connection string, by name."""
    found = {}
    for definition in settings.environments:
        if definition.url is None or definition.url.reveal():
            # Asked for by its name it says what is wrong; here it must not hide the others.
            with suppress(ConfigurationInvalid):
                found[definition.name] = _environment(definition, settings)
    return found


def choose_environment(settings: Settings, name: str | None) -> Environment:
    """Return the environment called *name*, or the only one there is."""
    definitions = {d.name: d for d in settings.environments}
    if not definitions:
        raise ConfigurationInvalid("no database is configured", hint=_HINT)
    if name is None and len(definitions) > 1:
        raise UsageError(
            "there is more than one environment",
            hint=f"Say which with --environment: {', '.join(definitions)}.",
            details={"environments": list(definitions)},
        )
    definition = definitions.get(name) if name else next(iter(definitions.values()))
    if definition is None:
        raise NotFound(
            f"there is no environment {name!r}",
            hint=f"There are: {', '.join(definitions)}.",
            details={"environments": list(definitions)},
        )
    if definition.url is not None and not definition.url.reveal():
        raise ConfigurationInvalid(
            f"the variable with the connection string of environment {definition.name!r} is empty",
            hint="Set the variable that url_env names in vado.toml.",
        )
    return _environment(definition, settings)


def _environment(definition: EnvironmentDefinition, settings: Settings) -> Environment:
    if definition.url is None:
        target = target_from_variables(settings.variables)
    else:
        target = parse_url(definition.url.reveal())
    return Environment(
        name=definition.name,
        environment_class=definition.environment_class or _class_of(target),
        target=neon_target(target),
        migrations_folder=definition.migrations_folder,
        state_folder=settings.state_folder,
        # A bare URL has no name of its own that could be typed with thought.
        named=not definition.bare,
        project_folder=settings.project_folder,
        backups=definition.backups,
        neon=definition.neon,
    )


def _class_of(target: Target) -> EnvironmentClass:
    return "development" if target.local else "staging"
