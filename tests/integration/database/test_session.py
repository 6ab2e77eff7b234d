"""Sessions on a real server: one statement a message, errors with their places, cancel in time."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from vado.database import (
    BatchFailed,
    Identifier,
    QuotedText,
    Session,
    Step,
    Target,
    connect,
    parse_url,
)
from vado.errors import Cancelled, ConnectionFailed, StatementFailed
from vado.settings import Secret


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    with connect(database) as session:
        yield session


def during(work: Callable[[], object], act: Callable[[], None]) -> float:
    """Do *act* from another thread while *work* runs; return how long the work went on after it."""
    acted = 0.0

    def later() -> None:
        nonlocal acted
        time.sleep(0.3)
        acted = time.monotonic()
        act()

    thread = threading.Thread(target=later)
    thread.start()
    try:
        work()
    finally:
        ended = time.monotonic()
        thread.join()
    return ended - acted


HOSTILE = [
    'a"b',
    "a'b",
    "a;drop table x",
    "a\nb",
    "%",
    "50%s",
    "%(x)s",
    "{}",
    "{name}",
    "$1",
    "\\",
    "é漢😀",
    "x" * 63,
    " ",
    "select",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_can_be_a_table(session: Session, name: str) -> None:
    identifiers = {"name": Identifier("public", name), "text": QuotedText(name)}

    session.execute("create table {name} (id int)", identifiers=identifiers)
    session.execute("comment on table {name} is {text}", identifiers=identifiers)

    found = session.row(
        "select relname, obj_description(oid) as told from pg_class where relname = %(name)s",
        name=name,
    )
    assert found == {"relname": name, "told": name}
    assert not session.rows("select * from {name} where id = %(n)s", identifiers=identifiers, n=1)


@pytest.mark.parametrize("value", [*HOSTILE, "'; drop table x --", None, 1, 2**40, True, [1, 2]])
def test_values_are_bound(session: Session, value: object) -> None:
    assert session.value("select %(value)s", value=value) == value


def test_a_value_that_cannot_be_sent_is_no_lost_connection(session: Session) -> None:
    with pytest.raises(StatementFailed, match="NUL"):
        session.value("select %(value)s", value="a\x00b")

    assert session.value("select 1") == 1


def test_rows_row_value_and_execute_answer_as_named(session: Session) -> None:
    session.execute("create table t (a int)")

    assert session.execute("insert into t values (1), (2)") == 2
    assert session.rows("select a from t order by a") == [{"a": 1}, {"a": 2}]
    assert session.row("select a from t where a = 3") is None
    assert session.value("select a from t where a = 3") is None
    assert session.execute("update t set a = 5 where false") == 0


def test_an_error_has_sqlstate_position_and_detail(session: Session) -> None:
    session.run("create table t (id int primary key)")
    session.run("insert into t values (1)")

    with pytest.raises(StatementFailed) as syntax:
        session.run("select 'é漢', selec")
    with pytest.raises(StatementFailed) as duplicate:
        session.run("insert into t values (1)")
    with pytest.raises(StatementFailed) as inside:
        session.run("do $$ begin perform 1/0; end $$")

    assert syntax.value.details["sqlstate"] == "42703"
    assert syntax.value.details["position"] == 14
    assert duplicate.value.details["detail"] == "Key (id)=(1) already exists."
    assert "PL/pgSQL" in str(inside.value.details["context"])


@pytest.mark.parametrize(
    "text", ["select 1; select 2", "create table t (a int); drop table t", "commit; drop table t"]
)
def test_two_statements_in_one_message_are_refused(session: Session, text: str) -> None:
    session.run("create table t (a int)")

    with pytest.raises(StatementFailed) as caught:
        session.run(text)

    assert caught.value.details["sqlstate"] == "42601"
    assert session.value("select count(*) from t") == 0


def test_a_statement_is_sent_as_it_was_written(session: Session) -> None:
    assert session.run("select '100%' as a, '{}' -- %s").rows == 1
    assert session.run("create table t (a int)").tag == "CREATE TABLE"
    assert session.run("insert into t values (1), (2)").rows == 2


def test_a_transaction_is_whole_or_not_at_all(session: Session) -> None:
    session.run("create table t (a int)")

    def fail() -> None:
        with session.transaction():
            session.run("insert into t values (1)")
            session.run("select 1/0")

    with pytest.raises(StatementFailed):
        fail()
    with session.transaction():
        session.run("insert into t values (2)")

    assert session.rows("select a from t") == [{"a": 2}]


def test_a_failure_at_commit_is_an_error(session: Session) -> None:
    session.run("create table a (id int primary key)")
    session.run("create table b (id int references a deferrable initially deferred)")

    with pytest.raises(StatementFailed) as caught, session.transaction():
        session.run("insert into b values (1)")

    assert caught.value.details["sqlstate"] == "23503"
    assert session.value("select count(*) from b") == 0


GOOD = [Step("insert into t values (%(a)s)", {"a": n}) for n in range(3)]


@pytest.mark.parametrize("at", [1, 2, 3, 4])
@pytest.mark.parametrize("bad", ["selec", "select 1/0", "insert into t values (null)"])
def test_a_batch_names_the_step_that_failed(session: Session, at: int, bad: str) -> None:
    session.run("create table t (a int not null)")
    steps = [Step("begin"), *GOOD]
    steps.insert(at, Step(bad))

    with pytest.raises(BatchFailed) as caught:
        session.run_batch([*steps, Step("commit")])

    assert caught.value.step == at
    assert isinstance(caught.value.cause, StatementFailed)
    assert session.value("select count(*) from t") == 0


def test_a_batch_that_fails_at_commit_names_the_commit(session: Session) -> None:
    session.run("create table t (a int unique deferrable initially deferred)")

    with pytest.raises(BatchFailed) as caught:
        session.run_batch([Step("begin"), *GOOD, GOOD[0], Step("commit")])

    assert caught.value.step == 5
    assert caught.value.cause.details["sqlstate"] == "23505"
    assert session.value("select count(*) from t") == 0


def test_a_batch_of_thousands_is_sent_whole(session: Session) -> None:
    session.run("create table t (a text)")
    long = "x" * 2_000

    session.run_batch([Step("insert into t values (%(a)s)", {"a": long})] * 5_000)

    assert session.value("select count(*) from t") == 5_000


def test_values_of_a_batch_are_bound(session: Session) -> None:
    session.run("create table t (a text, b int)")
    text = "%(b)s '; -- é"

    session.run_batch([Step("insert into t values (%(a)s, %(b)s)", {"a": text, "b": None})])

    assert session.row("select * from t") == {"a": text, "b": None}


def test_the_session_is_safe(session: Session) -> None:
    names = ("client_connection_check_interval", "idle_in_transaction_session_timeout")

    shown = [session.value("select current_setting(%(name)s)", name=name) for name in names]

    assert shown == ["500ms", "5min"]
    assert session.value("select current_setting('lock_timeout')") == "3s"
    assert session.value("select current_setting('search_path')") == '"$user", public'


def test_values_are_read_alike_whatever_the_database_prefers(database: Target) -> None:
    name = {"name": Identifier(database.dbname)}
    with connect(database) as session:
        for setting in (
            "DateStyle to 'German'",
            "IntervalStyle to 'sql_standard'",
            "bytea_output to 'escape'",
            "extra_float_digits to 0",
            "quote_all_identifiers to on",
            "client_encoding to 'LATIN1'",
        ):
            session.execute(f"alter database {{name}} set {setting}", identifiers=name)

    with connect(database) as session:
        assert session.value("select timestamptz '2026-11-22 00:00Z'").year == 2026
        assert session.value("select interval '25 hours'") == timedelta(hours=25)
        assert session.value("select '\\x00ff'::bytea") == b"\0\xff"
        assert session.value("select 0.1::float8 + 0.2::float8") == 0.1 + 0.2
        assert session.value("select format('%%I', 'plain')") == "plain"
        assert session.value("select '€'::text") == "€"


def test_a_database_without_an_encoding_is_read_as_text(database: Target) -> None:
    name = {"name": Identifier(f"{database.dbname}_ascii")}
    with connect(database) as admin:
        provider = "locale_provider libc" if admin.server_version >= 150000 else ""
        admin.execute(
            "create database {name} template template0 encoding 'SQL_ASCII' locale 'C' " + provider,
            identifiers=name,
        )
        try:
            with connect(database.with_database(f"{database.dbname}_ascii")) as session:
                assert session.value("select current_database()::text || 'é'").endswith("_asciié")
        finally:
            admin.execute("drop database {name} with (force)", identifiers=name)


@pytest.mark.parametrize("role", ["vado", "vado_control"])
def test_a_role_called_like_our_schemas_keeps_its_tables_in_public(
    database: Target, role: str
) -> None:
    identifiers = {"role": Identifier(role), "schema": Identifier(role)}
    with connect(database) as admin:
        if not admin.value("select to_regrole(%(role)s)", role=role):
            admin.execute(
                "create role {role} superuser login password 'a-long-one'", identifiers=identifiers
            )
        admin.execute("create schema {schema}", identifiers=identifiers)
    own = replace(database, user=role, password=Secret("a-long-one"))

    with connect(own) as session:
        session.run("create table t (a int)")
        session.restore()
        session.run("create table u (a int)")

        found = session.rows(
            "select relnamespace::regnamespace::text as place from pg_class"
            " where relname in ('t', 'u')"
        )
    assert found == [{"place": "public"}, {"place": "public"}]


def test_restore_undoes_what_sql_can_set(session: Session) -> None:
    session.run("create role somebody")
    before = session.rows("select name, setting from pg_settings order by name")
    for text in (
        "set search_path = pg_catalog",
        "set lock_timeout = 0",
        "set session_replication_role = replica",
        "set default_transaction_read_only = on",
        "set standard_conforming_strings = off",
        "set timezone = 'Asia/Tokyo'",
        "set role somebody",
        "set session authorization somebody",
    ):
        session.run(text)

    session.restore()

    assert session.rows("select name, setting from pg_settings order by name") == before
    assert session.value("select session_user = current_user and current_user <> 'somebody'")
    session.run("drop role somebody")


def test_a_read_only_session_changes_nothing(database: Target) -> None:
    with connect(database, read_only=True) as session, pytest.raises(StatementFailed) as caught:
        session.run("create table t (a int)")

    assert caught.value.details["sqlstate"] == "25006"


def test_notices_are_kept_up_to_a_limit(session: Session) -> None:
    session.run("do $$ begin for i in 1..3000 loop raise notice 'n %', i; end loop; end $$")

    assert len(session.notices) == 1_000
    assert session.notices[-1].message == "n 3000"


def test_cancel_ends_a_sleep(session: Session) -> None:
    def sleep() -> None:
        with pytest.raises(Cancelled):
            session.run("select pg_sleep(30)")

    assert during(sleep, session.cancel) < 2


def test_cancel_ends_a_batch(session: Session) -> None:
    def sleep() -> None:
        with pytest.raises(BatchFailed) as caught:
            session.run_batch([Step("begin"), Step("select pg_sleep(30)"), Step("commit")])
        assert isinstance(caught.value.cause, Cancelled)

    assert during(sleep, session.cancel) < 2


def test_cancel_ends_a_wait_for_a_lock(session: Session, database: Target) -> None:
    session.run("create table t (a int)")

    def wait() -> None:
        with pytest.raises(Cancelled):
            session.run("alter table t add b int")

    with connect(database) as other, other.transaction():
        other.run("lock table t")
        assert during(wait, session.cancel) < 2


def test_cancel_ends_the_building_of_an_index(session: Session) -> None:
    session.run(
        "create function slow(int) returns int language plpgsql immutable as"
        " $$ begin perform pg_sleep(0.05); return $1; end $$"
    )
    session.run("create table t as select generate_series(1, 1000) as a")

    def build() -> None:
        with pytest.raises(Cancelled):
            session.run("create index on t (slow(a))")

    assert during(build, session.cancel) < 2


def test_cancel_ends_a_long_commit(session: Session) -> None:
    session.run(
        "create function slow() returns trigger language plpgsql as"
        " $$ begin perform pg_sleep(30); return null; end $$"
    )
    session.run("create table t (a int)")
    session.run(
        "create constraint trigger slow after insert on t deferrable initially deferred"
        " for each row execute function slow()"
    )

    def commit() -> None:
        with pytest.raises(Cancelled), session.transaction():
            session.run("insert into t values (1)")

    assert during(commit, session.cancel) < 2


def test_a_session_cancelled_between_statements_starts_nothing_new(session: Session) -> None:
    session.run("create table t (a int)")

    def work() -> None:
        with session.transaction():
            session.run("insert into t values (1)")
            session.cancel()
            session.perform(Step("insert into t values (%(a)s)", {"a": 2}))

    with pytest.raises(Cancelled):
        work()
    with pytest.raises(Cancelled):
        session.run_batch([Step("insert into t values (3)")])

    assert session.value("select count(*) from t") == 0


def test_cancel_is_quick_when_nothing_runs(session: Session) -> None:
    begun = time.monotonic()

    session.cancel()

    assert time.monotonic() - begun < 0.5


def test_a_connection_that_is_ended_is_lost(session: Session, database: Target) -> None:
    def end() -> None:
        with connect(database) as other:
            other.execute("select pg_terminate_backend(%(pid)s)", pid=session.backend_pid)

    def sleep() -> None:
        with pytest.raises(ConnectionFailed):
            session.run("select pg_sleep(30)")

    assert during(sleep, end) < 2
    assert session.closed
    with pytest.raises(ConnectionFailed):
        session.value("select 1")
    with pytest.raises(ConnectionFailed):
        session.run_batch([Step("select 1")])


def test_a_batch_whose_connection_is_ended_is_lost(session: Session, database: Target) -> None:
    def end() -> None:
        with connect(database) as other:
            other.execute("select pg_terminate_backend(%(pid)s)", pid=session.backend_pid)

    def sleep() -> None:
        with pytest.raises(ConnectionFailed):
            session.run_batch([Step("begin"), Step("select pg_sleep(30)"), Step("commit")])

    assert during(sleep, end) < 2


def test_a_transaction_that_idled_too_long_is_a_lost_connection(session: Session) -> None:
    session.run("set idle_in_transaction_session_timeout = '50ms'")

    def idle() -> None:
        with session.transaction():
            session.run("select 1")
            time.sleep(0.3)
            session.run("select 1")

    with pytest.raises(ConnectionFailed):
        idle()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://u:c4nary@127.0.0.1:1/db", "u@127.0.0.1:1/db"),
        ("postgresql://u:c4nary@/db?host=/nowhere", "/nowhere"),
        ("postgresql://u:c4nary@no-such-host.invalid/db", "no-such-host.invalid"),
    ],
)
def test_a_server_that_is_not_there_is_one_sentence(url: str, words: str) -> None:
    with pytest.raises(ConnectionFailed) as caught, connect(parse_url(url)):
        pass

    assert words in caught.value.message
    assert "\n" not in caught.value.message
    assert "c4nary" not in f"{caught.value.message} {caught.value.hint} {caught.value.details}"


def test_a_database_that_is_not_there_is_named(database: Target) -> None:
    with (
        pytest.raises(ConnectionFailed, match='database "nothing here" does not exist'),
        connect(database.with_database("nothing here")),
    ):
        pass


def test_a_name_that_looks_like_a_connection_string_is_only_a_name(database: Target) -> None:
    with (
        pytest.raises(ConnectionFailed, match="does not exist"),
        connect(database.with_database(f"dbname={database.dbname}")),
    ):
        pass


def test_the_environment_leads_to_no_other_server(
    database: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOSTADDR", "203.0.113.1")
    monkeypatch.setenv("PGOPTIONS", "-c search_path=elsewhere")
    monkeypatch.setenv("PGDATABASE", "other")

    with connect(database) as session:
        assert session.value("select current_database()") == database.dbname
        assert session.value("select current_setting('search_path')") == '"$user", public'
