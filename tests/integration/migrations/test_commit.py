"""COMMIT without an answer: what became of it is found out, and never guessed."""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos import ChaosProxy, Fate, Rule, Wire, chaos
from tests.integration.migrations.conftest import Project, once
from vado.application import Vado
from vado.database import Target
from vado.errors import ConnectionFailed
from vado.migrations import ApplyRequest, apply_plan
from vado.migrations.patience import Waits
from vado.operations import Operation, Request
from vado.settings import Overrides, load_settings

pytestmark = pytest.mark.fault

GRAVE = "drop table if exists nothing;\n"
SILENCE_S = 1.5


@pytest.fixture
def proxy(database: Target) -> Iterator[ChaosProxy]:
    with chaos(database) as proxy:
        yield proxy


@pytest.fixture
def far(proxy: ChaosProxy, database: Target, tmp_path: Path, isolated: Path) -> Iterator[Project]:
    """A project whose database is reached through the proxy; the tests look past it."""
    (tmp_path / "migrations").mkdir()
    url = (
        f"postgresql://{database.user}@127.0.0.1:{proxy.port}/{database.dbname}"
        "?sslmode=disable&connect_timeout=2"
    )
    vado = Vado(load_settings(Overrides(url=url, project=tmp_path, state=isolated), {}))
    yield Project(tmp_path / "migrations", vado, database)
    vado.close()


def apply(project: Project) -> Operation:
    plan = project.plan()
    request = ApplyRequest(plan, consent=True, waits=Waits(silence_s=SILENCE_S))
    return project.ended(
        project.vado.start(
            Request("apply", project.environment.name, plan.plan_id),
            lambda job: apply_plan(project.environment, request, project.vado.plans, job),
        )
    )


def at_commit(fate: Fate) -> Rule:
    """Do *fate* to the message that commits the migration."""

    def rule(wire: Wire, _data: bytes) -> Fate:
        _, marker, after = bytes(wire.sent).lower().partition(b"lost_table")
        return fate if marker and b"commit\0" in after else "pass"

    return rule


def tables(project: Project) -> set[str]:
    rows = project.rows("select relname from pg_class where relname ~ '^lost_table'")
    return {row["relname"] for row in rows}


@pytest.mark.parametrize("grave", ["", GRAVE], ids=["at once", "watched"])
def test_a_commit_whose_answer_was_lost_is_known_as_applied(
    far: Project, proxy: ChaosProxy, grave: str
) -> None:
    far.write("1_a.sql", f"{grave}create table lost_table (a int);")
    proxy.rule = at_commit("cut_after_answer")

    operation = apply(far)

    assert operation.error is not None
    assert "applied all the same" in operation.error["message"]
    assert operation.result is not None
    assert operation.result["applied"] == [{"version": "1", "name": "a"}]
    assert far.states() == {"1": "applied"}


@pytest.mark.parametrize("grave", ["", GRAVE], ids=["at once", "watched"])
def test_a_commit_that_never_arrived_is_known_as_rolled_back(
    far: Project, proxy: ChaosProxy, grave: str
) -> None:
    far.write("1_a.sql", f"{grave}create table lost_table (a int);")
    proxy.rule = at_commit("cut")

    operation = apply(far)

    assert operation.error is not None
    assert "which was rolled back" in operation.error["message"]
    assert operation.result is not None
    assert operation.result["applied"] == []
    assert far.states() == {"1": "pending"}
    assert tables(far) == set()


@pytest.mark.parametrize(
    "everywhere",
    [
        pytest.param(False, id="one connection"),
        pytest.param(True, id="all connections", marks=once),
    ],
)
def test_a_peer_that_goes_silent_does_not_hang_the_apply(
    far: Project, proxy: ChaosProxy, *, everywhere: bool
) -> None:
    far.write("1_a.sql", f"{GRAVE}create table lost_table (a int);")
    silent = at_commit("silence")

    def rule(wire: Wire, data: bytes) -> Fate:
        if everywhere and wire.application == "vado observer":
            return "silence"
        return silent(wire, data)

    proxy.rule = rule

    begun = time.monotonic()
    operation = apply(far)

    assert SILENCE_S < time.monotonic() - begun < 15
    assert operation.error is not None
    assert "which was rolled back" in operation.error["message"]
    assert far.states() == {"1": "pending"}
    # The session that heard nothing is ended, and its lock with it.
    proxy.rule = lambda _wire, _data: "pass"
    assert apply(far).state == "succeeded"


def test_random_cuts_never_leave_a_wrong_report(far: Project, proxy: ChaosProxy) -> None:
    far.write("1_a.sql", "create table first (a int);")
    assert apply(far).state == "succeeded"
    seed = random.randrange(1_000_000)  # noqa: S311 (nothing secret)
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    number = 1
    for _ in range(rounds()):
        before = number
        for _ in range(chance.choice([1, 1, 3])):
            number += 1
            grave = chance.choice(["", "", GRAVE])
            far.write(f"{number}_x.sql", f"{grave}create table lost_table_{number} (a int);")
        proxy.rule = cut_after(chance.randrange(1, 6), chance.choice(["cut", "cut_after_answer"]))

        operation = apply(far)

        reported = [int(m["version"]) for m in (operation.result or {}).get("applied", [])]
        rows = far.rows("select version::int from vado.migration order by version")
        ledger = [row["version"] for row in rows if row["version"] > before]
        exist = sorted(int(name.split("_")[2]) for name in tables(far))
        assert reported == ledger == [n for n in exist if n > before], (seed, operation)
        proxy.rule = lambda _wire, _data: "pass"
        if len(ledger) < number - before:
            assert apply(far).state == "succeeded"


def rounds() -> int:
    if "VADO_CASES" in os.environ:
        return 300
    return 3 if "VADO_TEST_PG" in os.environ else 10


@once
def test_small_migrations_cost_at_most_one_round_trip_each(far: Project, proxy: ChaosProxy) -> None:
    far.write("1_a.sql", "create table first (a int);")
    assert apply(far).state == "succeeded"
    alone = turns(proxy)
    for number in range(2, 42):
        far.write(f"{number}_x.sql", f"create table t{number} (a int);\nselect {number};")

    assert apply(far).state == "succeeded"

    # The first had Vado's own tables to make.
    assert turns(proxy) - 2 * alone <= 40


def turns(proxy: ChaosProxy) -> int:
    return sum(wire.turns for wire in proxy.wires if wire.application == "vado apply")


def silent_amid(wire: Wire, data: bytes) -> Fate:
    return "silence" if wire.application == "vado apply" and b"lost_table_3" in data else "pass"


@once
def test_a_peer_that_goes_silent_amid_many_does_not_hang_the_apply(
    far: Project, proxy: ChaosProxy
) -> None:
    for number in range(1, 8):
        far.write(f"{number}_x.sql", f"create table lost_table_{number} (a int);")
    proxy.rule = silent_amid

    begun = time.monotonic()
    operation = apply(far)

    assert SILENCE_S < time.monotonic() - begun < 15
    assert operation.error is not None
    assert "3_x, which was rolled back" in operation.error["message"]
    assert operation.result is not None
    assert [m["version"] for m in operation.result["applied"]] == ["1", "2"]
    assert [m["version"] for m in operation.result["not_run"]] == ["3", "4", "5", "6", "7"]
    assert tables(far) == {"lost_table_1", "lost_table_2"}
    proxy.rule = lambda _wire, _data: "pass"
    assert apply(far).state == "succeeded"


def cut_after(messages: int, fate: Fate) -> Rule:
    """Do *fate* so many messages after the migration began."""
    seen = 0

    def rule(wire: Wire, data: bytes) -> Fate:
        nonlocal seen
        if wire.application != "vado apply":
            return "pass"
        if seen or b"lost_table" in data or b"nothing" in data:
            seen += 1
        return fate if seen >= messages else "pass"

    return rule


@once
def test_a_peer_that_goes_silent_does_not_hang_who_only_reads(
    far: Project, proxy: ChaosProxy
) -> None:
    def rule(wire: Wire, data: bytes) -> Fate:
        silent = wire.application == "vado observer"
        return "silence" if silent or b"to be lost" in data else "pass"

    proxy.rule = rule
    begun = time.monotonic()

    with (
        pytest.raises(ConnectionFailed),
        far.environment.session(read_only=True, silence_s=SILENCE_S) as session,
    ):
        session.value("select 'to be lost'")

    assert SILENCE_S < time.monotonic() - begun < 15
