"""How long an apply waits for others, and the tries of one migration."""

from collections.abc import Callable
from dataclasses import dataclass

from vado.errors import MigrationFailed
from vado.migrations.files import Migration
from vado.operations import LOCKS_S, Job, Patience


@dataclass(frozen=True, slots=True)
class Waits:
    """How long an apply waits, in seconds.

    `another_vado_s`: for another Vado that is at work on the database; `locks_s`: for others who
    hold what a migration needs, in several short tries; `silence_s`: for a server that does not
    answer and, on a second connection, cannot be asked or has nothing more to say.
    """

    another_vado_s: float = 5.0
    locks_s: float = LOCKS_S
    silence_s: float = 30.0


def patience_with(migration: Migration, job: Job, budget_s: float) -> Patience:
    """Return how long *migration* is tried again while others hold its locks."""
    return Patience(job, budget_s, version=migration.version, name=migration.name)


def politely(job: Job, migration: Migration, budget_s: float, work: Callable[[], None]) -> None:
    """Do *work*, a transaction of *migration*, and again while it fails for want of a lock."""
    patience = patience_with(migration, job, budget_s)
    while True:
        try:
            return work()
        except MigrationFailed as error:
            patience.after(error)
