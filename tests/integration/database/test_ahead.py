"""Batches sent ahead of their answers: what fails ends it all, and what is done is known."""

from collections.abc import Iterator

import pytest
from tests.chaos import chaos

from vado.database import BatchFailed, Session, Step, Target, connect, parse_url
from vado.errors import Cancelled, ConnectionFailed

pytestmark = pytest.mark.fault
COUNT = 60


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    with connect(database) as session:
        session.execute("create table t (n int primary key)")
        yield session


def batch(number: int, *more: str) -> list[Step]:
    insert = Step("insert into t values (%(n)s)", {"n": number})
    return [Step("begin"), insert, *(Step(text) for text in more), Step("commit")]


def numbers(database: Target) -> list[int]:
    with connect(database) as session:
        return [row["n"] for row in session.rows("select n from t order by n")]


@pytest.mark.parametrize("failing", [0, 1, 7, COUNT - 1])
@pytest.mark.parametrize("fault", ["select 1 / 0", "nonsense"])
def test_nothing_behind_a_failed_batch_is_run(
    session: Session, database: Target, failing: int, fault: str
) -> None:
    landed: list[int] = []
    batches = (batch(n, fault) if n == failing else batch(n) for n in range(COUNT))

    with pytest.raises(BatchFailed) as caught:
        session.run_ahead(batches, lambda: landed.append(len(landed)))

    assert caught.value.step == 2
    assert landed == list(range(failing))
    assert numbers(database) == list(range(failing))
    assert session.value("select 1") == 1


def test_a_commit_that_fails_ends_it_too(session: Session, database: Target) -> None:
    session.execute("create table u (n int unique deferrable initially deferred)")
    twice = batch(3, "insert into u values (1)", "insert into u values (1)")

    with pytest.raises(BatchFailed) as caught:
        session.run_ahead((twice if n == 3 else batch(n) for n in range(COUNT)), lambda: None)

    assert caught.value.step == 4
    assert numbers(database) == [0, 1, 2]


def test_when_the_next_batch_cannot_be_made_those_before_it_are_heard(
    session: Session, database: Target
) -> None:
    landed: list[int] = []

    def batches() -> Iterator[list[Step]]:
        for number in range(20):
            yield batch(number)
        raise Cancelled("enough")

    with pytest.raises(Cancelled):
        session.run_ahead(batches(), lambda: landed.append(len(landed)))

    assert landed == numbers(database) == list(range(20))
    assert session.value("select 1") == 1


def test_a_listener_that_gives_up_stops_what_was_not_sent(
    session: Session, database: Target
) -> None:
    landed: list[int] = []

    def hear() -> None:
        landed.append(len(landed))
        if len(landed) == 10:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        session.run_ahead((batch(n) for n in range(10_000)), hear)

    assert 10 <= len(landed) < 100
    assert landed == numbers(database)


def test_a_slow_one_is_waited_for_before_many_more_are_sent(session: Session) -> None:
    made: list[int] = []
    late: list[int] = []

    def batches() -> Iterator[list[Step]]:
        for number in range(12):
            made.append(number)
            yield batch(number, "select pg_sleep(0.15)")

    session.run_ahead(batches(), lambda: late.append(len(made) - len(late)))

    assert max(late) <= 3


@pytest.mark.usefixtures("session")
def test_many_go_in_few_round_trips(database: Target) -> None:
    with chaos(database) as proxy:
        url = f"postgresql://{database.user}@127.0.0.1:{proxy.port}/{database.dbname}"
        with connect(parse_url(f"{url}?sslmode=disable")) as far:
            [wire] = proxy.wires
            before = wire.turns
            far.run_batch(batch(-1))
            one = wire.turns - before
            far.run_ahead((batch(n) for n in range(COUNT)), lambda: None)

    assert one == 1
    assert wire.turns - before - one <= COUNT // 2


@pytest.mark.usefixtures("session")
def test_a_connection_that_breaks_leaves_what_landed_known(database: Target) -> None:
    landed: list[int] = []
    with chaos(database) as proxy:
        url = f"postgresql://{database.user}@127.0.0.1:{proxy.port}/{database.dbname}"
        with connect(parse_url(f"{url}?sslmode=disable")) as far:
            proxy.rule = lambda wire, _data: "cut" if wire.turns > 5 else "pass"
            with pytest.raises(ConnectionFailed):
                far.run_ahead((batch(n) for n in range(10_000)), lambda: landed.append(len(landed)))

    assert landed == numbers(database)[: len(landed)]
    assert len(landed) > 1
