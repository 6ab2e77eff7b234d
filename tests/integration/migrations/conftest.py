"""A project on a fresh database: files are written, previewed by their text, and applied."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vado.application import Vado
from vado.database import Session, Target, connect
from vado.environments import Environment
from vado.migrations import ApplyRequest, Wanted, apply_plan, preview_pending, read_standing
from vado.operations import Job, Operation, Request
from vado.preview import Plan
from vado.settings import Overrides, load_settings

# Under `fault`, which runs on every PostgreSQL, where the version makes no difference.
once = pytest.mark.skipif("VADO_TEST_PG" in os.environ, reason="the same on every server")


@dataclass
class Project:
    """A migrations folder and the database it belongs to."""

    folder: Path
    vado: Vado
    target: Target

    @property
    def environment(self) -> Environment:
        return self.vado.environment()

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_bytes(text.encode())
        return path

    def plan(self, *, to: str | None = None) -> Plan:
        """Preview by the text alone, which is quick; what a rehearsal shows is preview's test."""
        environment = self.environment

        def work(job: Job) -> None:
            plans.append(preview_pending(environment, Wanted(to, "text"), job))

        plans: list[Plan] = []
        operation = self.ended(self.vado.start(Request("dry_run", environment.name), work))
        assert operation.state == "succeeded", operation.error
        self.vado.plans.add(plans[0])
        return plans[0]

    def start(self, plan: Plan) -> Operation:
        request = ApplyRequest(plan, consent=True)
        return self.vado.start(
            Request("apply", self.environment.name, plan.plan_id),
            lambda job: apply_plan(self.environment, request, self.vado.plans, job),
        )

    def ended(self, operation: Operation) -> Operation:
        found = self.vado.jobs.wait(operation.id, 60)
        assert found.ended
        return found

    def apply(self, plan: Plan | None = None) -> Operation:
        return self.ended(self.start(plan or self.plan()))

    def applied(self) -> Operation:
        operation = self.apply()
        assert operation.state == "succeeded", operation.error
        return operation

    def states(self) -> dict[str, str]:
        standing, _ = read_standing(self.environment)
        return {entry.version: entry.state for entry in standing.entries}

    def rows(self, query: str) -> list[dict[str, Any]]:
        with connect(self.target) as session:
            return session.rows(query)

    def value(self, query: str) -> Any:
        with connect(self.target) as session:
            return session.value(query)

    def run(self, *statements: str) -> None:
        with connect(self.target) as session:
            for statement in statements:
                session.run(statement)


def url_of(target: Target) -> str:
    return f"postgresql://{target.user}@/{target.dbname}?host={target.host}&port={target.port}"


@pytest.fixture
def project(database: Target, tmp_path: Path, isolated: Path) -> Iterator[Project]:
    folder = tmp_path / "migrations"
    folder.mkdir()
    overrides = Overrides(url=url_of(database), project=tmp_path, state=isolated)
    vado = Vado(load_settings(overrides, {}))
    yield Project(folder, vado, database)
    vado.close()


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    with connect(database) as session:
        yield session
