"""Applying: in order, each migration whole with its row in the ledger, or not at all."""

import pytest

from tests.integration.migrations.conftest import Project
from vado.errors import LedgerConflict
from vado.migrations import read_standing

# Known to the risk rules as grave, so that its migration is run statement by statement.
WATCHED = "drop table if exists nothing;\n"


def in_both_modes(text: str) -> list[str]:
    return [text, WATCHED + text]


def failure(project: Project) -> dict[str, object]:
    operation = project.apply()
    assert operation.state == "failed"
    assert operation.error is not None
    assert operation.error["code"] == "migration_failed", operation.error
    assert operation.result is not None
    return {**operation.result["failed"], "told": operation.error}


def test_pending_migrations_are_applied_in_order(project: Project) -> None:
    project.write("10_b.sql", "insert into t values (2);")
    project.write("9_a.sql", "create table t (a int);\ninsert into t values (1);")
    project.write(
        "11_c.sql", "-- migrate:up\ninsert into t values (3);\n-- migrate:down\ndrop table t;"
    )

    operation = project.applied()

    assert operation.result is not None
    assert [m["version"] for m in operation.result["applied"]] == ["9", "10", "11"]
    assert operation.result["not_run"] == []
    assert [row["a"] for row in project.rows("select a from t order by a")] == [1, 2, 3]
    assert project.states() == {"9": "applied", "10": "applied", "11": "applied"}


def test_the_ledger_row_says_what_was_run(project: Project) -> None:
    project.write("1_a.sql", "-- migrate:up\r\nselect 'é';\r\n-- migrate:down\r\nselect 2;\r\n")

    operation = project.applied()

    [row] = project.rows("select * from vado.migration")
    assert (row["name"], row["state"], row["statements_total"]) == ("a", "applied", 1)
    assert row["sql_text"] == "-- migrate:up\r\nselect 'é';\r\n-- migrate:down\r\nselect 2;\r\n"
    assert row["down_text"] == "select 2;"
    assert row["operation_id"] == operation.id
    assert row["fingerprint_before"]
    assert row["fingerprint_after"]
    assert row["duration_ms"] >= 0


@pytest.mark.parametrize("text", in_both_modes("create table b (a int);\nselect 1/0;"))
def test_a_migration_that_fails_leaves_nothing(project: Project, text: str) -> None:
    project.write("1_a.sql", "create table a (a int);")
    project.write("2_b.sql", text)
    project.write("3_c.sql", "create table c (a int);")

    operation = project.apply()

    assert operation.state == "failed"
    assert operation.result is not None
    assert [m["version"] for m in operation.result["applied"]] == ["1"]
    assert [m["version"] for m in operation.result["not_run"]] == ["3"]
    assert project.states() == {"1": "applied", "2": "pending", "3": "pending"}
    assert project.value("select to_regclass('b') is null and to_regclass('a') is not null")
    # The schema that was reached is known, so the failure is no drift.
    assert project.value("select fingerprint_after from vado.migration where version = 1")


@pytest.mark.parametrize(
    ("text", "line", "column", "sqlstate"),
    [
        ("-- é漢\n  select missing;", 2, 10, "42703"),
        ("select 'é漢';\r\n\r\n/* é */ select 'ñ', missing;", 3, 21, "42703"),
        ("create table t (a int);\ninsert into t\nvalues (1, 2);", 3, 12, "42601"),
        ("select 1;\nselect 1/0;", 2, 1, "22012"),
        ("-- migrate:up\n\nselect 1;  select missing;\n-- migrate:down\n", 3, 19, "42703"),
        ("\ufeff-- migrate:up\nselect missing;", 2, 8, "42703"),
        ("do $$ begin\nperform 1/0;\nend $$;", 1, 1, "22012"),
    ],
)
@pytest.mark.parametrize("watched", [False, True])
def test_a_failure_has_its_place_in_the_file(
    project: Project, text: str, line: int, column: int, sqlstate: str, *, watched: bool
) -> None:
    if watched:
        down = "-- migrate:down"
        text = text.replace(down, WATCHED + down) if down in text else f"{text}\n{WATCHED}"
    project.write("1_a.sql", text)

    failed = failure(project)

    assert (failed["line"], failed["column"], failed["sqlstate"]) == (line, column, sqlstate)
    assert f"1_a.sql:{line}:{column}: " in failed["told"]["message"]


DEFERRED = (
    "create table a (id int primary key);\n"
    "create table b (id int references a deferrable initially deferred);\n"
    "insert into b values (1);\n"
)


@pytest.mark.parametrize("text", [*in_both_modes(DEFERRED), DEFERRED + "set role pg_monitor;"])
def test_a_failure_at_commit_is_told_as_such(project: Project, text: str) -> None:
    project.write("1_a.sql", text)

    failed = failure(project)

    assert failed["sqlstate"] == "23503"
    assert failed["version"] == "1"
    assert "1_a.sql, at the end of its transaction: " in failed["told"]["message"]
    assert failed["line"]
    assert project.states() == {"1": "pending"}
    assert project.value("select to_regclass('a') is null")


def test_an_enum_value_used_in_the_next_file_works(project: Project) -> None:
    project.write("1_a.sql", "create type e as enum ('a');\ncreate table t (e e);")
    project.write("2_b.sql", "alter type e add value 'b';")
    project.write("3_c.sql", "insert into t values ('b');")

    project.applied()

    assert project.value("select e::text from t") == "b"


@pytest.mark.parametrize(
    "text",
    [
        "set search_path = pg_catalog;",
        "select set_config('search_path', 'pg_catalog', false);",
        "set role other; create table public.owned_{n} (a int);",
        "set session authorization other;",
        "reset all;",
        "set session_replication_role = replica;",
        "set default_transaction_read_only = on;",
        "set statement_timeout = 1;",
        "set lock_timeout = 0; set idle_in_transaction_session_timeout = 0;",
        "do $$ begin perform set_config('search_path', '', false); end $$;",
        "discard temp;",
    ],
)
@pytest.mark.parametrize("watched", [False, True])
def test_what_a_migration_sets_ends_with_it(project: Project, text: str, *, watched: bool) -> None:
    project.run("do $$ begin create role other; exception when others then end $$")
    project.run("grant create, usage on schema public to other")
    project.write("1_a.sql", (WATCHED if watched else "") + text.format(n=1))
    project.write("2_b.sql", "create table t as select current_user as u, session_user as s;")
    project.write(
        "3_c.sql",
        "create table settings as select name, setting from pg_settings"
        " where name in ('search_path', 'session_replication_role', 'statement_timeout',"
        " 'lock_timeout', 'default_transaction_read_only', 'client_connection_check_interval');",
    )

    project.applied()

    assert project.rows("select * from public.t") == [
        {"u": project.target.user, "s": project.target.user}
    ]
    found = {row["name"]: row["setting"] for row in project.rows("select * from public.settings")}
    assert found == {
        "search_path": '"$user", public',
        "session_replication_role": "origin",
        "statement_timeout": "0",
        "lock_timeout": "3000",
        "default_transaction_read_only": "off",
        "client_connection_check_interval": "500",
    }
    assert project.value("select count(*) from vado_control.audit_event where hash = ''") == 0
    project.run("drop owned by other")


@pytest.mark.parametrize("statement", ["select pg_advisory_unlock_all();"])
@pytest.mark.parametrize("watched", [False, True])
def test_a_migration_that_gives_up_the_lock_is_rolled_back(
    project: Project, statement: str, *, watched: bool
) -> None:
    project.write("1_a.sql", f"{WATCHED if watched else ''}create table t (a int);\n{statement}")
    project.write("2_b.sql", "create table u (a int);")

    operation = project.apply()

    assert operation.state == "failed"
    assert operation.error is not None
    assert operation.error["code"] == "lock_not_obtained"
    assert project.states() == {"1": "pending", "2": "pending"}
    assert project.value("select to_regclass('t') is null")


def test_applying_nothing_is_a_success(project: Project) -> None:
    assert project.applied().result["applied"] == []


def test_many_statements_and_odd_texts_go_through(project: Project) -> None:
    insert = "insert into t values ('%s {} $1 \\ é'); -- ;\n"
    text = "create table t (a text);\n" + insert * 1_000
    project.write("1_a.sql", text)
    project.write(
        "2_b.sql",
        "create function f() returns trigger language plpgsql as $$\n"
        "begin\n  raise notice 'a;b'; return new;\nend $$;\n"
        "create rule r as on delete to t do also (select 1; select 2);",
    )

    project.applied()

    assert project.value("select count(*) from t") == 1_000


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda p: p.write("2_b.sql", "select 'edited';"), "edited"),
        (lambda p: (p.folder / "2_b.sql").unlink(), "missing"),
        (lambda p: p.write("1_a.sql", "select 'older';"), "out_of_order"),
    ],
)
def test_files_that_contradict_the_ledger_stop_everything(
    project: Project, change: object, state: str
) -> None:
    project.write("2_b.sql", "select 2;")
    project.applied()
    change(project)
    project.write("3_c.sql", "select 3;")

    assert state in project.states().values()
    standing, _ = read_standing(project.environment)
    with pytest.raises(LedgerConflict) as caught:
        standing.refuse_conflicts()
    assert caught.value.details[state]
    assert caught.value.hint
