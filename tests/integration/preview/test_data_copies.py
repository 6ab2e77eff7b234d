"""Rehearsals with the rows of the target: on a copy of it, or on its latest backup."""

from pathlib import Path

import pytest

from tests.integration.preview.conftest import Preview, Silent, environment_on
from vado.backups import BackupRequest, take_backup
from vado.database import Target, connect
from vado.errors import RehearsalImpossible
from vado.operations import Job
from vado.preview import Plan

TABLE = (
    "create table t (id int primary key, note text)",
    "insert into t select g, 'n' from generate_series(1, 1000) g",
)


def run(target: Target, *statements: str) -> None:
    with connect(target) as session:
        for statement in statements:
            session.run(statement)


def ask(target: Target, query: str):
    with connect(target) as session:
        return session.value(query)


def codes(plan: Plan) -> set[str]:
    return {limit.code for limit in plan.rehearsal.limits}


def back_up(database: Target, state: Path) -> str:
    return take_backup(
        environment_on(database, state), Job("op_backup", Silent()), BackupRequest()
    ).id


def databases(target: Target) -> set[str]:
    with connect(target) as session:
        rows = session.rows("select datname from pg_database where datname like 'vado\\_scratch%%'")
    return {row["datname"] for row in rows}


def test_a_copy_of_the_database_has_its_rows(database: Target, preview: Preview):
    run(database, *TABLE)
    before = databases(database)

    plan = preview("update t set note = upper(note) where id <= 10;", place="copy")

    assert (plan.rehearsal.place, plan.rehearsal.ok) == ("copy", True)
    assert "no_rows" not in codes(plan)
    [statement] = plan.statements
    assert statement.rows == 10
    assert statement.trace is not None
    assert statement.trace["counted"]["rows_written"] == 10
    assert statement.trace["counted"]["rows_read"] >= 10
    assert statement.trace["counted"]["wal_bytes"] > 0
    assert ask(database, "select count(*) from t where note = 'N'") == 0
    assert databases(database) <= before


def test_what_fails_only_on_data_fails_in_the_rehearsal(database: Target, preview: Preview):
    run(database, *TABLE)

    on_structure = preview("alter table t add unique (note);")
    on_rows = preview("alter table t add unique (note);", place="data")

    assert on_structure.rehearsal.ok
    assert not on_rows.rehearsal.ok
    assert on_rows.rehearsal.error is not None
    assert on_rows.rehearsal.error["sqlstate"] == "23505"


def test_a_database_in_use_is_not_copied_but_its_backup_is(
    database: Target, preview: Preview, isolated: Path
):
    run(database, *TABLE)
    backup = back_up(database, isolated)
    with connect(database, application_name="their app"):
        plan = preview("delete from t where id = 1;", place="data")

    assert (plan.rehearsal.place, plan.rehearsal.ok) == ("backup", True)
    assert codes(plan) >= {"copy_not_possible", "rows_of_backup"}
    said = next(limit for limit in plan.rehearsal.limits if limit.code == "copy_not_possible")
    assert "their app" in said.message
    told = next(limit for limit in plan.rehearsal.limits if limit.code == "rows_of_backup")
    assert told.params["backup"] == backup
    assert plan.statements[0].rows == 1


def test_a_backup_of_another_schema_is_not_rehearsed_on(
    database: Target, preview: Preview, isolated: Path
):
    run(database, *TABLE)
    back_up(database, isolated)
    run(database, "alter table t add later int")

    with pytest.raises(RehearsalImpossible, match=r"no backup .* with the schema it has now"):
        preview("delete from t;", place="backup")
