"""Previews of scripts against a fresh database, without a migrations folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vado.database import Target
from vado.environments import Environment
from vado.operations import Job
from vado.preview import Plan, PlannedMigration, Proposal, make_plan
from vado.settings import EnvironmentClass
from vado.sql import parse_script


class Silent:
    """Hears what a job reports and keeps the steps."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def progressed(self, _job_id: str, progress: dict) -> None:
        if progress["step"] is not None and self.steps[-1:] != [progress["step"]["code"]]:
            self.steps.append(progress["step"]["code"])

    def logged(self, _job_id: str, _message: str, _said: object = None) -> None:
        pass


def environment_on(
    target: Target, state: Path, environment_class: EnvironmentClass = "development"
) -> Environment:
    state.mkdir(exist_ok=True)
    return Environment("default", environment_class, target, state, state, named=False)


def planned(*texts: str) -> tuple[PlannedMigration, ...]:
    return tuple(
        PlannedMigration(f"2026010{n}000000", f"step_{n}", "up", f"sum{n}", parse_script(text))
        for n, text in enumerate(texts, 1)
    )


Preview = Callable[..., Plan]


@pytest.fixture
def preview(database: Target, isolated: Path) -> Preview:
    """Return the plan of some scripts against this test's database."""

    def made(*texts: str, place=None, target: Target | None = None, job: Job | None = None) -> Plan:
        environment = environment_on(target or database, isolated)
        proposal = Proposal(planned(*texts), "ledger", place)
        return make_plan(environment, proposal, job or Job("op_test", Silent()))

    return made
