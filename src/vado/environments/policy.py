"""What each class of environment demands before something is done to it."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from vado.settings import EnvironmentClass

Level = Literal["low", "medium", "high", "critical"]
BackupPolicy = Literal["never", "destructive", "always"]


@dataclass(frozen=True, slots=True)
class Policy:
    """The demands of a class.

    `rehearsal`: a plan must have been rehearsed without error. `backup`: before which plans a
    verified backup is taken. `confirmation`: the name must be typed. `preview_first`: apply without
    a plan made before is refused. `accept_from`: the level from which each risk must be accepted
    by the name of its rule; None where warning is enough.
    """

    rehearsal: bool
    backup: BackupPolicy
    confirmation: bool
    preview_first: bool
    accept_from: Level | None

    def to_json(self) -> dict[str, Any]:
        """Return the policy as the API shows it."""
        return asdict(self)


# Development warns; staging wants a preview and each grave risk named; production wants it all.
_POLICIES: dict[EnvironmentClass, Policy] = {
    "development": Policy(
        rehearsal=False,
        backup="destructive",
        confirmation=False,
        preview_first=False,
        accept_from=None,
    ),
    "staging": Policy(
        rehearsal=False,
        backup="destructive",
        confirmation=False,
        preview_first=True,
        accept_from="high",
    ),
    "production": Policy(
        rehearsal=True,
        backup="always",
        confirmation=True,
        preview_first=True,
        accept_from="high",
    ),
}


def policy_of(environment_class: EnvironmentClass) -> Policy:
    """Return what *environment_class* demands."""
    return _POLICIES[environment_class]
