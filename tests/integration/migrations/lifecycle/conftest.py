"""A folder of migrations for a database, and the use cases that work on both."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from vado.application import Vado, start_apply, start_mark, start_preview, start_undo
from vado.database import Target, connect
from vado.environments import Environment
from vado.migrations import ApplyRequest, MarkWanted, UndoWanted, Wanted
from vado.migrations.mark import Mark
from vado.operations import Operation
from vado.preview import Place, Plan
from vado.settings import EnvironmentClass, Overrides, load_settings


def url_of(target: Target) -> str:
    return f"postgresql://{target.user}@/{target.dbname}?host={target.host}&port={target.port}"


@dataclass
class Project:
    """A folder and its database, development unless a test says otherwise."""

    folder: Path
    vado: Vado
    environment: Environment

    def write(self, version: int, up: str, down: str | None = "", *, header: str = "") -> Path:
        text = f"{header}-- migrate:up\n{up}\n"
        text += "" if down is None else f"\n-- migrate:down\n{down}\n"
        path = self.folder / f"{version}_step.sql"
        path.write_text(text)
        return path

    def become(self, environment_class: EnvironmentClass) -> None:
        self.environment = replace(self.environment, environment_class=environment_class)

    def ended(self, operation: Operation) -> Operation:
        return self.vado.jobs.wait(operation.id, 60)

    def plan_of(self, operation: Operation) -> Plan:
        ended = self.ended(operation)
        assert ended.result is not None, ended.error
        return self.vado.plans.get(ended.result["plan_id"])

    def preview(self, **wanted: Any) -> Plan:
        return self.plan_of(start_preview(self.vado, self.environment, Wanted(**wanted)))

    def preview_undo(self, to: str | None = None, place: Place | None = "text") -> Plan:
        return self.plan_of(start_undo(self.vado, self.environment, UndoWanted(to, place)))

    def mark(self, version: int, mark: Mark) -> Plan:
        wanted = MarkWanted(str(version), mark)
        return self.plan_of(start_mark(self.vado, self.environment, wanted))

    def refusal(self, operation: Operation) -> dict[str, Any]:
        ended = self.ended(operation)
        assert ended.error is not None
        return dict(ended.error)

    def carry_out(self, plan: Plan, **said: Any) -> Operation:
        request = ApplyRequest(plan, consent=True, **said)
        return self.ended(start_apply(self.vado, self.environment, request))

    def apply(self, **wanted: Any) -> Plan:
        """Apply what is pending, without a rehearsal: that is what takes time."""
        plan = self.preview(place="text", **wanted)
        ended = self.carry_out(plan)
        assert ended.state == "succeeded", ended.error
        return plan

    def undo(self, to: str | None = None) -> Plan:
        plan = self.preview_undo(to)
        ended = self.carry_out(plan)
        assert ended.state == "succeeded", ended.error
        return plan

    def ask(self, query: str) -> Any:
        with connect(self.environment.target) as session:
            return session.value(query)  # type: ignore[arg-type]  # a test's own text

    def run(self, statement: str) -> None:
        with connect(self.environment.target) as session:
            session.run(statement)

    def states(self) -> dict[int, str]:
        with connect(self.environment.target) as session:
            rows = session.rows("select version::bigint as v, state from vado.migration order by 1")
        return {row["v"]: row["state"] for row in rows}


@pytest.fixture
def project(database: Target, isolated: Path, tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "migrations"
    folder.mkdir()
    overrides = Overrides(url=url_of(database), project=tmp_path, state=isolated)
    with contextlib.closing(Vado(load_settings(overrides))) as vado:
        yield Project(folder, vado, vado.environment())
