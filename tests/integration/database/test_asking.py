"""Questions asked all at once: one round trip, and errors where they belong."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from tests.chaos import chaos

from vado.database import Identifier, Question, Session, Target, connect, parse_url
from vado.errors import Cancelled, ConnectionFailed, StatementFailed

MANY = [Question("select %(n)s::int as n", {"n": n}) for n in range(70)]
SETTINGS = Question("select set_config('search_path', '', true)")
SEARCH_PATH = "select current_setting('search_path')"


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    with connect(database) as session:
        yield session


def test_many_questions_take_one_round_trip(database: Target) -> None:
    with chaos(database) as proxy:
        url = f"postgresql://{database.user}@127.0.0.1:{proxy.port}/{database.dbname}"
        with connect(parse_url(f"{url}?sslmode=disable")) as far:
            [wire] = proxy.wires
            before = wire.turns
            assert [answer.value() for answer in far.answers(*MANY)] == list(range(70))
            assert wire.turns - before == 1
            with far.moment(MANY, SETTINGS) as answers:
                assert [answer.value() for answer in answers] == list(range(70))
            assert wire.turns - before == 2


def test_answers_are_read_as_named(session: Session) -> None:
    pairs = Question("select n, n * 2 as twice from generate_series(1, 2500) as n")
    nothing = Question("select 1 as one where false")
    named = Question("select '50%%' as {name}", identifiers={"name": Identifier("a%b")})

    with session.asked((pairs, pairs, nothing, named)) as answers:
        assert next(answers).rows()[-1] == {"n": 2500, "twice": 5000}
        assert list(next(answers).tuples()) == [(n, n * 2) for n in range(1, 2501)]
        assert next(answers).row() is None
        assert next(answers).rows() == [{"a%b": "50%"}]


@pytest.mark.parametrize("at", [0, 1, 34, 69])
def test_an_error_is_raised_at_the_answer_it_belongs_to(session: Session, at: int) -> None:
    questions = [*MANY]
    questions[at] = Question("select 1 / %(n)s", {"n": 0})
    heard: list[int] = []

    with pytest.raises(StatementFailed, match="division by zero"), session.asked(questions) as all_:
        heard.extend(answer.value() for answer in all_)

    assert heard == list(range(at))
    assert session.value("select 1") == 1


def test_an_error_in_what_was_not_taken_is_raised_at_the_end(session: Session) -> None:
    with pytest.raises(StatementFailed), session.asked((*MANY, Question("selec"))) as answers:
        next(answers)

    assert session.value("select 1") == 1


def test_what_the_block_raises_is_raised_and_the_session_goes_on(session: Session) -> None:
    def fail() -> None:
        with session.asked(MANY) as answers:
            next(answers)
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert session.value("select 1") == 1


def test_a_moment_is_one_snapshot_that_changes_nothing_and_leaves_nothing(
    session: Session, database: Target
) -> None:
    session.run("create table t (a int)")
    count = Question("select count(*) from public.t")
    delete = Question("delete from public.t")
    with connect(database) as other:
        before = session.value(SEARCH_PATH)
        slow = Question("select pg_sleep(0.3)")
        with session.moment((count, slow, count, Question(SEARCH_PATH)), SETTINGS) as answers:
            first = next(answers).value()
            other.run("insert into t values (1)")
            next(answers)
            assert next(answers).value() == first == 0
            assert next(answers).value() in {"", '""'}
        with pytest.raises(StatementFailed) as caught, session.moment([delete], SETTINGS):
            pass

    assert caught.value.details["sqlstate"] == "25006"
    assert session.value(SEARCH_PATH) == before
    assert session.value("select count(*) from t") == 1


@pytest.mark.parametrize("fault", ["", "select 1 / 0"])
def test_a_transaction_goes_on_after_a_moment_within_it(session: Session, fault: str) -> None:
    session.run("create table t (a int)")
    session.run("begin")
    session.run("insert into t values (1)")
    session.run("set local search_path = pg_catalog, public")
    asked = [Question("select count(*) from public.t"), *([Question("select 1 / 0")] * bool(fault))]

    def look() -> list[object]:
        with session.moment(asked, SETTINGS) as answers:
            return [answer.value() for answer in answers]

    if fault:
        with pytest.raises(StatementFailed):
            look()
    else:
        assert look() == [1]

    assert session.value(SEARCH_PATH) == "pg_catalog, public"
    session.run("commit")
    assert session.value("select count(*) from t") == 1


def test_cancel_ends_a_moment(session: Session) -> None:
    sleeps = [Question("select pg_sleep(0.4)")] * 40
    cancelled: list[float] = []

    def cancel() -> None:
        time.sleep(0.6)
        cancelled.append(time.monotonic())
        session.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(Cancelled), session.moment(sleeps, SETTINGS) as answers:
        for _ in answers:
            pass
    ended = time.monotonic()
    thread.join()

    assert ended - cancelled[0] < 2
    assert session.value("select 1") == 1


def test_an_interrupt_from_the_keyboard_ends_the_session(session: Session) -> None:
    def interrupt() -> None:
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with (
        pytest.raises(KeyboardInterrupt),
        session.moment([Question("select pg_sleep(0.2)")] * 60, SETTINGS) as answers,
    ):
        for _ in answers:
            pass

    assert session.closed


def test_a_cancelled_session_asks_nothing_more(session: Session) -> None:
    session.cancel()

    with pytest.raises(Cancelled):
        session.answers(*MANY)


@pytest.mark.fault
def test_a_connection_that_breaks_among_the_answers_is_lost(database: Target) -> None:
    wide = Question("select repeat('x', 100000) from generate_series(1, 100)")
    with chaos(database) as proxy:
        url = f"postgresql://{database.user}@127.0.0.1:{proxy.port}/{database.dbname}"

        def read(far: Session) -> None:
            with far.moment([wide] * 10, SETTINGS) as answers:
                next(answers)
                proxy.close()
                for _ in answers:
                    pass

        with connect(parse_url(f"{url}?sslmode=disable")) as far:
            with pytest.raises(ConnectionFailed):
                read(far)
            assert far.closed
