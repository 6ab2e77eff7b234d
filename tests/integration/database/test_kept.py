"""Sessions that are lent again: as they were at first, and gone when they should be."""

import time
from collections.abc import Iterator

import pytest
from tests.chaos import chaos

from vado.database import (
    Session,
    Target,
    connect,
    keeping_sessions,
    lent_session,
    let_sessions_go,
    parse_url,
)
from vado.errors import StatementFailed

HERE = "select count(*) from pg_stat_activity where datname = current_database()"


@pytest.fixture
def kept() -> Iterator[None]:
    with keeping_sessions():
        yield


def pid_lent(target: Target) -> int:
    with lent_session(target) as session:
        return session.backend_pid


@pytest.mark.usefixtures("kept")
def test_a_session_is_lent_again(database: Target) -> None:
    assert pid_lent(database) == pid_lent(database)


def test_without_a_command_nothing_is_kept(database: Target) -> None:
    assert pid_lent(database) != pid_lent(database)

    with connect(database) as session:
        assert session.value(HERE) == 1


def test_with_the_last_command_all_end(database: Target) -> None:
    with keeping_sessions():
        with keeping_sessions():
            pid_lent(database)
        pid = pid_lent(database)
    with connect(database) as session:
        ended(session, pid)


def ended(session: Session, pid: int) -> None:
    deadline = time.monotonic() + 5
    alive = "select exists(select from pg_stat_activity where pid = %(pid)s)"
    while session.value(alive, pid=pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.usefixtures("kept")
def test_where_nobody_may_be_connected_none_is_kept(database: Target) -> None:
    pid = pid_lent(database)

    let_sessions_go()

    with connect(database) as session:
        ended(session, pid)


@pytest.mark.usefixtures("kept")
def test_nothing_that_was_set_is_seen_by_the_next(database: Target) -> None:
    def settings(session: Session) -> list[dict[str, object]]:
        # What a language brings is there when it was first used.
        return session.rows(
            "select name, setting from pg_settings where name not like 'plpgsql.%%' order by name"
        )

    with lent_session(database) as session:
        pid, before = session.backend_pid, settings(session)
        session.run("set statement_timeout = '3s'")
        session.run("set default_transaction_read_only = off")
        session.run("do $$ begin raise notice 'hear'; end $$")

    with lent_session(database) as session:
        assert session.backend_pid == pid
        assert settings(session) == before
        assert not session.notices
        with pytest.raises(StatementFailed, match="read-only"):
            session.run("create table t (a int)")


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("left", ["begin", "cancel", "raise"])
def test_one_that_is_not_at_rest_is_not_lent_again(database: Target, left: str) -> None:
    def leave() -> int:
        with lent_session(database) as session:
            if left == "cancel":
                session.cancel()
            else:
                session.run("begin")
            if left == "raise":
                raise KeyError(session.backend_pid)
            return session.backend_pid

    try:
        pid = leave()
    except KeyError as error:
        pid = error.args[0]

    assert pid_lent(database) != pid


@pytest.mark.usefixtures("kept")
def test_one_that_the_server_has_ended_is_not_lent_again(database: Target) -> None:
    pid = pid_lent(database)
    with connect(database) as session:
        session.value("select pg_terminate_backend(%(pid)s)", pid=pid)
        ended(session, pid)

    with lent_session(database) as again:
        assert again.backend_pid != pid
        assert again.value("select 1") == 1


@pytest.mark.usefixtures("kept")
def test_what_is_in_use_is_not_lent_to_another(database: Target) -> None:
    with lent_session(database) as one, lent_session(database) as other:
        assert one.backend_pid != other.backend_pid


@pytest.mark.usefixtures("kept")
def test_lending_again_takes_no_round_trip_of_its_own(database: Target) -> None:
    with chaos(database) as proxy:
        url = f"postgresql://{database.user}@127.0.0.1:{proxy.port}/{database.dbname}"
        far = parse_url(f"{url}?sslmode=disable")
        for _ in range(4):
            with lent_session(far) as session:
                session.value("select 1")
            time.sleep(0.1)  # by then its answer has come
        [wire] = proxy.wires

    # Opening it takes two; the first question, and what is sent when it is given back, each one
    # to send; nobody waits for the latter.
    assert wire.turns == 2 + 4 * 2
