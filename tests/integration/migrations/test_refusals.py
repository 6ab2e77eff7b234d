"""What refuses an apply: a plan that no longer fits, one that was used, another Vado at work."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.integration.migrations.conftest import Project, url_of
from vado.application import Vado, start_apply
from vado.database import MIGRATION_LOCK, Identifier, connect
from vado.errors import (
    ConsentRequired,
    LedgerConflict,
    NotFound,
    PlanConsumed,
    PlanOutdated,
)
from vado.migrations import ApplyRequest, Wanted, check_plan, preview_pending
from vado.migrations.lock import migration_session
from vado.migrations.patience import Waits
from vado.operations import Request
from vado.settings import Overrides, load_settings


def other_database(project: Project) -> None:
    """Let the environment lead to another database, as a changed DNS entry would."""
    name = project.target.dbname + "_other"
    with connect(project.target) as session:
        session.execute("create database {name}", identifiers={"name": Identifier(name)})
    target = project.target.with_database(name)
    overrides = Overrides(
        url=url_of(target), project=project.folder.parent, state=project.vado.settings.state_folder
    )
    project.vado.close()
    project.vado = Vado(load_settings(overrides, {}))


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (lambda p: p.write("1_a.sql", "select 'edited';"), "files"),
        (lambda p: p.write("0_a.sql", "select 'one more';"), "files"),
        (lambda p: (p.folder / "1_a.sql").unlink(), "files"),
        (lambda p: p.run("create table drifted (a int)"), "schema"),
        (other_database, "target"),
    ],
    ids=["edited", "added", "deleted", "schema", "target"],
)
def test_a_plan_is_outdated_when_something_moved(
    project: Project, change: Callable[[Project], object], changed: str
) -> None:
    project.write("1_a.sql", "create table t (a int);")
    plan = project.plan()
    change(project)

    operation = project.apply(plan)

    assert operation.error is not None
    assert operation.error["code"] == "plan_outdated"
    assert changed in operation.error["details"]["changed"]
    assert project.apply(plan).error["code"] == "plan_outdated"
    if changed == "target":
        name = project.target.dbname + "_other"
        project.vado.close()
        with connect(project.target) as session:
            session.execute("drop database {n}", identifiers={"n": Identifier(name)})


def test_a_plan_is_outdated_when_the_ledger_moved(project: Project) -> None:
    project.write("1_a.sql", "select 1;")
    project.write("2_b.sql", "select 2;")
    plan = project.plan()
    assert project.apply(project.plan(to="1")).state == "succeeded"

    operation = project.apply(plan)

    assert operation.error is not None
    assert operation.error["details"]["changed"] == ["files", "ledger"]


def test_what_comes_behind_the_plan_does_not_outdate_it(project: Project) -> None:
    project.write("1_a.sql", "select 1;")
    plan = project.plan()
    project.write("2_b.sql", "select 2;")

    assert project.apply(plan).state == "succeeded"
    assert project.states() == {"1": "applied", "2": "pending"}


def test_a_plan_is_applied_once(project: Project) -> None:
    project.write("1_a.sql", "select 1/0;")
    plan = project.plan()
    assert project.apply(plan).state == "failed"

    operation = project.apply(plan)

    assert operation.error is not None
    assert operation.error["code"] == "plan_consumed"
    with pytest.raises(PlanConsumed):
        check_plan(project.environment, ApplyRequest(plan, consent=True), project.vado.plans)


def test_a_refusal_is_raised_at_once_and_written_down(project: Project) -> None:
    project.write("1_a.sql", "select 1;")
    plan = project.plan()
    project.run("create table drifted (a int)")

    with pytest.raises(PlanOutdated):
        start_apply(project.vado, project.environment, ApplyRequest(plan, consent=True))

    [last, *_] = project.vado.state.page("audit", "id", 1, environment=None, after=None).items
    assert last["outcome"] == "refused"


def test_nothing_is_created_without_consent(project: Project) -> None:
    project.write("1_a.sql", "select 1;")
    plan = project.plan()

    with pytest.raises(ConsentRequired):
        check_plan(project.environment, ApplyRequest(plan), project.vado.plans)

    assert project.value("select to_regnamespace('vado') is null")
    assert project.vado.plans.document(plan.plan_id)["state"] == "ready"


def test_conflicts_refuse_a_preview(project: Project) -> None:
    project.write("2_b.sql", "select 2;")
    project.applied()
    project.write("1_a.sql", "select 1;")

    operation = project.ended(
        project.vado.start(
            Request("dry_run", None),
            lambda job: preview_pending(project.environment, Wanted(), job).to_json(),
        )
    )

    assert operation.error is not None
    assert operation.error["code"] == LedgerConflict.code
    assert "older than a migration that is applied" in operation.error["message"]


@pytest.mark.parametrize("to", ["9", "x", "9" * 5_000])
def test_a_version_that_is_not_there_is_not_previewed(project: Project, to: str) -> None:
    project.write("1_a.sql", "select 1;")

    operation = project.ended(
        project.vado.start(
            Request("dry_run", None),
            lambda job: preview_pending(project.environment, Wanted(to), job).to_json(),
        )
    )

    assert operation.error is not None
    assert operation.error["code"] == NotFound.code


def test_broken_sql_is_refused_with_its_place_before_anything_runs(project: Project) -> None:
    project.write("1_a.sql", "create table t (a int);")
    project.write("2_b.sql", "select 1;\n  selec 2;")

    operation = project.ended(
        project.vado.start(
            Request("dry_run", None),
            lambda job: preview_pending(project.environment, Wanted(), job).to_json(),
        )
    )

    assert operation.error is not None
    assert operation.error["message"].startswith("2_b.sql:2:3: syntax error")


def test_a_second_apply_waits_for_the_first(project: Project) -> None:
    project.write("1_a.sql", "select pg_sleep(1.5);\ncreate table t (a int);")
    project.write("2_b.sql", "create table u (a int);")
    plans = [project.plan(to="1"), project.plan(to="1")]

    operations = [project.start(plan) for plan in plans]

    assert sorted(project.ended(o).state for o in operations) == ["failed", "succeeded"]
    [lost] = [o for o in map(project.ended, operations) if o.state == "failed"]
    assert lost.error is not None
    assert lost.error["code"] == "plan_outdated"
    assert project.value("select count(*) from vado.migration") == 1


def test_a_lock_that_is_not_let_go_names_its_holder(project: Project) -> None:
    def take(job: object) -> None:
        with migration_session(project.environment, job, Waits(another_vado_s=0.5)):
            pass

    with connect(project.target, application_name="vado apply") as holder:
        holder.value("select pg_advisory_lock(%(lock)s)", lock=MIGRATION_LOCK)
        begun = time.monotonic()
        operation = project.ended(project.vado.start(Request("apply", None), take))
        waited = time.monotonic() - begun
        pid = holder.backend_pid

    assert operation.error is not None
    assert operation.error["code"] == "lock_not_obtained"
    assert f"process {pid} of {project.target.user}@" in operation.error["message"]
    assert operation.error["details"]["holder"]["pid"] == pid
    assert 0.5 <= waited < 5


def test_waiting_for_the_lock_can_be_cancelled(project: Project) -> None:
    def take(job: object) -> None:
        with migration_session(project.environment, job, Waits(another_vado_s=30)):
            pass

    with connect(project.target) as holder:
        holder.value("select pg_advisory_lock(%(lock)s)", lock=MIGRATION_LOCK)
        operation = project.vado.start(Request("apply", None), take)
        time.sleep(0.3)
        project.vado.jobs.cancel(operation.id)
        ended = project.ended(operation)

    assert ended.state == "cancelled"


def test_the_lock_of_another_database_is_no_hindrance(project: Project) -> None:
    project.write("1_a.sql", "select 1;")

    with connect(replace(project.target, dbname="postgres")) as elsewhere:
        elsewhere.value("select pg_advisory_lock(%(lock)s)", lock=MIGRATION_LOCK)
        project.applied()
