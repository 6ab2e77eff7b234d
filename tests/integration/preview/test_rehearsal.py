"""Where and how a plan is tried, and what it can and cannot do there."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.preview.conftest import Preview, Silent
from vado.database import EmbeddedServer, Target, connect
from vado.errors import Cancelled
from vado.operations import Job


def codes(plan) -> set[str]:
    return {limit.code for limit in plan.rehearsal.limits}


def run(target: Target, *statements: str) -> None:
    with connect(target) as session:
        for statement in statements:
            session.run(statement)


def test_the_target_is_only_read(database: Target, preview: Preview):
    run(database, "create table t (id int)", "insert into t values (1)")

    plan = preview("drop table t;", "create table u (id int);")

    assert plan.rehearsal.ok
    with connect(database) as session:
        assert session.value("select count(*) from t") == 1
        assert session.value("select to_regclass('u')") is None


def test_each_statement_is_measured(preview: Preview):
    plan = preview("create table t (id int); insert into t select generate_series(1, 5);")

    assert [s.rows for s in plan.statements] == [None, 5]
    assert all(s.duration_ms is not None and s.duration_ms > 0 for s in plan.statements)


def test_a_failure_has_its_place_and_the_rest_is_listed_unrun(preview: Preview):
    plan = preview("create table t (id int);", "-- é\nselect 1;\nselect nope from t;\nselect 3;")

    assert not plan.rehearsal.ok
    assert plan.rehearsal.error is not None
    error = plan.rehearsal.error
    assert (error["version"], error["line"], error["column"]) == ("20260102000000", 3, 8)
    assert error["sqlstate"] == "42703"
    assert [(s.line, s.duration_ms is not None) for s in plan.statements] == [
        (1, True),
        (2, True),
        (3, False),
        (4, False),
    ]
    assert plan.fingerprint_after is None


def test_migrations_commit_one_by_one_as_they_will(preview: Preview):
    enum = "create type mood as enum ('sad');"

    together = preview(enum + "alter type mood add value 'ok'; select 'ok'::mood;")
    apart = preview(enum, "alter type mood add value 'ok';", "select 'ok'::mood;")

    # 17 and later allow it when the type is as new as its value.
    assert together.rehearsal.ok
    assert apart.rehearsal.ok


def test_a_new_enum_value_is_committed_before_it_is_used(
    database: Target, preview: Preview
) -> None:
    run(database, "create type mood as enum ('sad')")

    plan = preview("alter type mood add value 'ok';\nselect 'ok'::mood;")

    assert plan.rehearsal.ok


def test_statements_outside_transactions_are_rehearsed(preview: Preview):
    plan = preview("create table t (id int);\ncreate index concurrently i on t (id);\nvacuum t;")

    assert plan.rehearsal.ok
    assert [s.transactional for s in plan.statements] == [True, False, False]


def test_a_rename_is_a_fact_and_not_a_guess(database: Target, preview: Preview):
    run(database, "create table t (a int, b int)")

    plan = preview("alter table t rename column a to c;", "alter table t drop column b;")

    assert [(c["action"], c["identity"], c["new_identity"]) for c in plan.changes] == [
        ("rename", "public.t.a", "public.t.c"),
        ("remove", "public.t.b", None),
    ]


def test_both_sides_of_the_ddl_show_the_tables_that_are_touched(database: Target, preview: Preview):
    run(database, "create table t (a int, b int)", "create table other (id int)")

    dropped = preview("alter table t drop column b;")
    added = preview("alter table t add column c int;")
    renamed = preview("alter table t rename to u;")

    assert "b integer" in dropped.ddl["before"]
    assert "a integer" in dropped.ddl["after"]
    assert "b integer" not in dropped.ddl["after"]
    assert "a integer" in added.ddl["before"]
    assert "c integer" in added.ddl["after"]
    assert "public.t" in renamed.ddl["before"]
    assert "public.u" in renamed.ddl["after"]
    assert "other" not in dropped.ddl["before"] + renamed.ddl["after"]


def test_the_ddl_of_a_table_has_its_indexes_and_keys(database: Target, preview: Preview):
    run(database, "create table t (a int primary key)")

    plan = preview("create table u (t_a int references t); create index i on u (t_a);")

    assert "CREATE INDEX i ON public.u" in plan.ddl["after"]
    assert "REFERENCES public.t(a)" in plan.ddl["after"]


def test_extensions_that_are_missing_here_are_stood_in_for(database: Target, preview: Preview):
    run(database, "create table t (id int)")

    plan = preview(
        'create extension "uuid-ossp"; create extension pgcrypto; '
        "alter table t add column u uuid default uuid_generate_v4(), "
        "add column s text default crypt('x', gen_salt('bf'));"
    )

    assert plan.rehearsal.ok, plan.rehearsal.error
    assert plan.rehearsal.place == "embedded"


def test_extensions_that_only_a_superuser_may_create_are_rehearsed(preview: Preview):
    plan = preview("create extension pg_trgm; create extension pg_stat_statements;")

    assert plan.rehearsal.ok, plan.rehearsal.error


def test_other_peoples_text_has_no_power_over_this_machine(preview: Preview, tmp_path):
    trace = tmp_path / "trace"
    attack = f"do $$ begin execute 'copy (select 1) to program ''touch {trace}'''; end $$;"

    plan = preview(attack)

    assert plan.rehearsal.error is not None
    assert plan.rehearsal.error["sqlstate"] == "42501"
    assert not trace.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "alter system set work_mem = '1GB'",
        "create database somewhere_else",
        "copy (select 1) to program 'touch /tmp/never'",
        "alter role postgres superuser",
    ],
)
def test_what_reaches_beyond_the_database_is_named_and_not_run(preview: Preview, statement: str):
    plan = preview(f"select 1;\n{statement};")

    assert plan.rehearsal.ok
    [limit] = [x for x in plan.rehearsal.limits if x.code == "statement_not_rehearsed"]
    assert (limit.params["version"], limit.params["line"]) == ("20260101000000", 2)


def test_grants_and_policies_to_roles_of_the_target_are_rehearsed(
    database: Target, preview: Preview
):
    role = f"reader_{database.dbname}"
    run(database, f"create role {role}", "create table t (id int)")

    plan = preview(f"grant select on t to {role}; create policy p on t to {role} using (true);")

    run(database, f"drop role {role}")
    assert plan.rehearsal.ok, plan.rehearsal.error
    assert plan.rehearsal.place == "embedded"


def test_roles_and_databases_of_a_rehearsal_are_gone_afterwards(
    rehearsal_server: EmbeddedServer, preview: Preview
):
    preview("create role made_by_a_migration; select 1;")

    with connect(rehearsal_server.target()) as session:
        roles = session.rows("select rolname from pg_roles where rolname !~ '^pg_'")
        databases = session.rows("select datname from pg_database")
    assert {row["rolname"] for row in roles}.isdisjoint({"made_by_a_migration"})
    assert not [row for row in roles if row["rolname"].startswith("vado_runner")]
    assert not [row for row in databases if row["datname"].startswith("vado_scratch")]


def test_the_copy_is_kept_for_the_next_preview_of_the_same_schema(
    database: Target, rehearsal_server: EmbeddedServer, preview: Preview
):
    def bases() -> set[int]:
        with connect(rehearsal_server.target()) as session:
            found = session.rows("select oid from pg_database where datname like 'vado_base_%%'")
        return {row["oid"] for row in found}

    run(database, f"create table only_here_{database.dbname} (id int)")
    before = bases()
    preview("select 1;")
    first = bases() - before
    preview("select 2;")

    assert len(first) == 1
    assert first <= bases()
    assert len(bases() - before) == 1


def test_a_schema_that_the_embedded_server_cannot_hold_goes_beside_the_target(
    database: Target, preview: Preview, cluster: EmbeddedServer
):
    run(
        database,
        "create function f() returns int language c strict as '$libdir/citext', 'citext_cmp'",
        "create table t (id int)",
    )
    run(database, "create extension if not exists pg_trgm")

    plan = preview("alter table t add column x int;", place="scratch")

    assert plan.rehearsal.ok, plan.rehearsal.error
    assert plan.rehearsal.place == "scratch"
    with connect(cluster.target()) as session:
        left = session.rows("select datname from pg_database where datname like 'vado_scratch%%'")
    assert left == []


def test_a_role_made_beside_the_target_would_stay_so_it_is_left_out(
    preview: Preview, cluster: EmbeddedServer
):
    plan = preview("create role never_made;", place="scratch")

    assert "statement_not_rehearsed" in codes(plan)
    with connect(cluster.target()) as session:
        assert session.value("select count(*) from pg_roles where rolname = 'never_made'") == 0


def test_where_nothing_can_be_run_the_text_is_judged_and_that_is_said(preview: Preview):
    plan = preview("drop table gone;", place="text")

    assert (plan.rehearsal.place, plan.rehearsal.ok) == ("text", False)
    assert codes(plan) == {"text_only"}
    assert [r["rule"] for r in plan.risks] == ["drop-table"]


def test_cancel_ends_a_rehearsal_within_two_seconds(preview: Preview):
    job = Job("op_test", Silent())
    seen: list[BaseException] = []

    def work() -> None:
        try:
            preview("select pg_sleep(60);", job=job)
        except Cancelled as error:
            seen.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    deadline = time.monotonic() + 20
    while "rehearse" not in job.listener.steps and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    begun = time.monotonic()
    job.cancel()
    thread.join(10)

    assert len(seen) == 1
    assert time.monotonic() - begun < 4


def test_rehearsals_beside_each_other_leave_each_other_alone(database: Target, preview: Preview):
    run(database, "create table t (id int)")
    with ThreadPoolExecutor(3) as pool:
        plans = list(
            pool.map(lambda n: preview(f"create role vado_test_r{n}; drop table t;"), range(6))
        )

    assert [plan.rehearsal.error for plan in plans] == [None] * 6
    assert {plan.rehearsal.place for plan in plans} == {"embedded"}
