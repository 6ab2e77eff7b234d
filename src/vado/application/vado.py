"""Everything one running Vado holds: settings, state, operations, plans, environments."""

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from vado.environments import Environment, choose_environment, environments_of, recognise
from vado.errors import VadoError
from vado.operations import Entry, Jobs, Operation, Request, State, record_audit
from vado.operations.jobs import Work
from vado.settings import Settings

if TYPE_CHECKING:
    from vado.application.live import LiveCopies
    from vado.preview import PlanStore

log = logging.getLogger("vado.application")


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

    def refused(self, request: Request, error: VadoError) -> None:
        """Write down that something was asked for and refused."""
        record_audit(
            self.state,
            Entry(
                action=request.kind,
                outcome="refused",
                environment=request.environment,
                subject=request.subject,
                details=error.to_json(),
            ),
        )

    def settle_leftovers(self) -> None:
        """Clear away what restores that were killed left on the servers that can be reached."""
        from vado.backups import settle_restores  # noqa: PLC0415 (only the server needs it)

        for environment in self.environments().values():
            try:
                self.recognise(environment)
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
