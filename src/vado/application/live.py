"""Trying the text of a migration while it is typed, on one warm copy for each environment."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vado.environments import Environment
from vado.errors import VadoError
from vado.migrations import Standing, migration_of, planned, read_standing
from vado.operations import Job, Unheard
from vado.preview import LiveCopy, PlannedMigration
from vado.schema import fingerprint, read_catalogue

# So long a copy is taken to be that of the target without looking.
_FRESH_S = 5.0
_NOT_SAVED = "99999999999999"


@dataclass
class _Warm:
    copy: LiveCopy
    preceding: tuple[str, ...]
    looked_at: float = field(default_factory=time.monotonic)


class LiveCopies:
    """The warm copies of one running Vado; each is made when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._warm: dict[str, _Warm] = {}

    def attempt(self, environment: Environment, text: str, version: str | None) -> dict[str, Any]:
        """Try *text* as the migration *version*, or behind everything that is pending.

        Raises RehearsalImpossible where it cannot be tried like that, MigrationFileInvalid where
        the markers of the text are wrong.
        """
        number = version or _NOT_SAVED
        standing, _ = read_standing(environment)
        preceding = _preceding(standing, int(number))
        migration = migration_of(number, "text", Path(f"{number}_text.sql"), text)
        copy = self._copy_for(environment, preceding)
        return copy.attempt(planned([migration], ())[0]).to_json()

    def _copy_for(
        self, environment: Environment, preceding: tuple[PlannedMigration, ...]
    ) -> LiveCopy:
        key = tuple(migration.checksum for migration in preceding)
        with self._lock:
            warm = self._warm.get(environment.name)
            if warm is not None and warm.preceding == key and _still_true(environment, warm):
                return warm.copy
            if warm is not None:
                del self._warm[environment.name]
                warm.copy.close()
            copy = LiveCopy(environment, preceding, Job("live", Unheard()))
            self._warm[environment.name] = _Warm(copy, key)
            return copy

    def close(self) -> None:
        """Drop all copies."""
        with self._lock:
            for warm in self._warm.values():
                with suppress(VadoError):  # the server may have been stopped before
                    warm.copy.close()
            self._warm.clear()


def _preceding(standing: Standing, number: int) -> tuple[PlannedMigration, ...]:
    """Return what would be applied before the text, as far as it can be run."""
    pending = [m for m in standing.to_apply() if m.number < number and not m.script.errors]
    return planned(pending, [e.row for e in standing.entries if e.row is not None])


def _still_true(environment: Environment, warm: _Warm) -> bool:
    """Look at the target now and then: others may change it meanwhile."""
    if time.monotonic() - warm.looked_at < _FRESH_S:
        return True
    with environment.session(read_only=True) as session:
        warm.looked_at = time.monotonic()
        return fingerprint(read_catalogue(session)) == warm.copy.fingerprint
