"""Everything one running Vado holds: settings, state, operations, plans, environments."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from vado.environments import Environment, choose_environment, environments_of, recognise
from vado.errors import VadoError
from vado.operations import Entry, Jobs, Operation, Request, State, record_audit
from vado.operations.audit import Outcome
from vado.operations.jobs import Work
from vado.settings import Settings

if TYPE_CHECKING:
    from vado.application.live import LiveCopies
    from vado.preview import PlanStore

log = logging.getLogger("vado.application")

_OURS = 500


class Vado:
    """What the command line and the API stand on; each makes one and closes it.

    The state file is opened when it is first needed, because many commands do without.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def state(self) -> State:
        """Vado's state on this machine."""
        return State(self.settings.state_folder)

    @cached_property
    def jobs(self) -> Jobs:
        """The operations; those that died with their process are settled here."""
        jobs = Jobs(self.state)
        jobs.settle_interrupted()
        return jobs

    @cached_property
    def plans(self) -> "PlanStore":
        """The plans that were made."""
        # Loaded here: a plan brings the rehearsal and the risks with it.
        from vado.preview import PlanStore  # noqa: PLC0415

        return PlanStore(self.state)

    @cached_property
    def live(self) -> "LiveCopies":
        """The copies on which texts are tried while they are typed."""
        from vado.application.live import LiveCopies  # noqa: PLC0415 (only the page needs it)

        return LiveCopies()

    def environment(self, name: str | None = None) -> Environment:
        """Return the environment of that name, or the only one."""
        return choose_environment(self.settings, name)

    def environments(self) -> dict[str, Environment]:
        """Return all environments that can be used, by name."""
        return environments_of(self.settings)

    def recognise(self, environment: Environment) -> None:
        """Raise WrongDatabase when the environment leads to another database than before."""
        with environment.session(read_only=True) as session:
            recognise(self.state, environment, session)

    def start(self, request: Request, work: Work) -> Operation:
        """Run *work* as an operation."""
        return self.jobs.start(request, work)

    @contextmanager
    def asking(self, request: Request) -> Iterator[None]:
        """Write it down when what is asked for inside is refused, or fails at once."""
        try:
            yield
        except VadoError as error:
            self.refused(request, error)
            raise

    @contextmanager
    def acting(
        self, request: Request, details: Mapping[str, object] | None = None
    ) -> Iterator[dict[str, object]]:
        """Write down an act that is over at once: what is meant before it, how it ended after.

        What only the act itself brings to light is put into the mapping that is given.
        """
        known = dict(details or {})
        self._audit(request, "intent", known)
        with self.asking(request):
            yield known
        self._audit(request, "succeeded", known)

    def refused(self, request: Request, error: VadoError) -> None:
        """Write down that something was asked for and refused, or failed at once."""
        # What no rule stands against is no refusal: a server not reached, a full disk.
        outcome: Outcome = "failed" if error.status >= _OURS else "refused"
        self._audit(request, outcome, error.to_json())

    def _audit(self, request: Request, outcome: Outcome, details: Mapping[str, object]) -> None:
        entry = Entry(
            action=request.kind,
            outcome=outcome,
            environment=request.environment,
            subject=request.subject,
            details=details,
        )
        record_audit(self.state, entry)

    def settle_leftovers(self) -> None:
        """Clear away what restores that were killed left on the servers that can be reached."""
        # Only the server needs them.
        from vado.backups import settle_neon_restores, settle_restores  # noqa: PLC0415

        for environment in self.environments().values():
            try:
                self.recognise(environment)
                if environment.neon is not None:
                    settle_neon_restores(environment)
                settle_restores(environment)
            except VadoError as error:
                log.info("leftovers not settled", extra={"error": error.message})

    def close(self) -> None:
        """Cancel what runs, wait for its roll-back, and close the state."""
        if "live" in self.__dict__:
            self.live.close()
        if "jobs" in self.__dict__:
            self.jobs.close()
        if "state" in self.__dict__:
            self.state.close()
