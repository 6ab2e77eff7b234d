"""A small client for Neon's API, and where an environment lives there."""

from typing import TYPE_CHECKING

from vado import front_door

if TYPE_CHECKING:
    from vado.neon.client import NeonClient
    from vado.neon.home import Home, at_home, read_home
    from vado.neon.model import (
        PREFIX,
        Account,
        Branch,
        Endpoint,
        NeonOperation,
        Project,
        Snapshot,
    )
    from vado.neon.pace import HURRIED, Pace
    from vado.neon.temporary import DRY, RESTORE, expiry, in_use, remove_named, temporary_branch

__getattr__ = front_door(
    __name__,
    {
        "client": ("NeonClient",),
        "home": ("Home", "at_home", "read_home"),
        "model": (
            "PREFIX",
            "Account",
            "Branch",
            "Endpoint",
            "NeonOperation",
            "Project",
            "Snapshot",
        ),
        "temporary": (
            "DRY",
            "RESTORE",
            "expiry",
            "in_use",
            "remove_named",
            "temporary_branch",
        ),
        "pace": ("HURRIED", "Pace"),
    },
)

__all__ = [
    "DRY",
    "HURRIED",
    "PREFIX",
    "RESTORE",
    "Account",
    "Branch",
    "Endpoint",
    "Home",
    "NeonClient",
    "NeonOperation",
    "Pace",
    "Project",
    "Snapshot",
    "at_home",
    "expiry",
    "in_use",
    "read_home",
    "remove_named",
    "temporary_branch",
]
