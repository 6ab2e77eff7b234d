"""Facts about the proof of the way back: up, down, and the same schema again."""

from typing import Any

import pytest

from tests.integration.preview.conftest import Silent, environment_on
from vado.database import Target, connect
from vado.operations import Job
from vado.preview import PlannedMigration, Proposal, make_plan
from vado.preview import preview as room
from vado.sql import parse_script

# Each: up, down, what is to be found of schema and data, and why.
CASES: dict[str, tuple[str, str, bool | None, bool | None, str]] = {
    "a column dropped": (
        "alter table goods drop label",
        "alter table goods add label text",
        *(True, False, "equal"),
    ),
    "a column added": (
        "alter table goods add note text",
        "alter table goods drop note",
        *(True, True, "equal"),
    ),
    "a column in the middle dropped": (
        "alter table goods drop size",
        "alter table goods add size int",
        *(False, False, "column_order"),
    ),
    "a way back that forgets something": (
        "create table a (id int); create table b (id int)",
        "drop table a",
        *(False, True, "differs"),
    ),
    "a way back that fails": (
        "create table c (id int)",
        "\n\ndrop table nothing",
        *(False, True, "down_fails"),
    ),
    "a way back that is not SQL": (
        "create table d (id int)",
        "drop tabel d",
        *(False, True, "down_fails"),
    ),
    "outside a transaction": (
        "create index concurrently by_price on goods (price)",
        "drop index concurrently by_price",
        *(True, True, "equal"),
    ),
    "values overwritten": (
        "update goods set price = price * 2 where price > 1",
        "update goods set price = price / 2 where price > 2",
        *(True, False, "equal"),
    ),
    "an enum value that the way back uses": (
        "create type mood as enum ('ok'); alter type mood add value 'good'",
        "select 'good'::mood; drop type mood",
        *(True, True, "equal"),
    ),
    "code that can do anything": (
        "do $$ begin perform 1; end $$",
        "select 1",
        *(True, None, "equal"),
    ),
    "no way back": ("create view v as select 1 as one", " ", None, None, ""),
}


def preview(database: Target, state: Any, pairs: list[tuple[str, str]], **wanted: Any) -> Any:
    with connect(database) as session:
        session.execute(
            "create table if not exists goods (id int, size int, price numeric, label text)"
        )
    migrations = tuple(
        PlannedMigration(f"{n}", f"step_{n}", "up", f"sum{n}", parse_script(up), down=down)
        for n, (up, down) in enumerate(pairs, 1)
    )
    silent = Silent()
    environment = environment_on(database, state)
    plan = make_plan(environment, Proposal(migrations, "ledger", **wanted), Job("op", silent))
    return plan, silent


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not decide what is tried."""
    monkeypatch.setattr("vado.preview.reversal.BUDGET_S", 120)


def test_each_way_back_is_tried_and_told_apart(database: Target, isolated: Any) -> None:
    pairs = [(up, down) for up, down, *_ in CASES.values()]
    # Each alone after the others: what one leaves must not spoil the next.
    plan, silent = preview(database, isolated, pairs)

    found = {
        name: migration["reversible"]
        for name, migration in zip(CASES, plan.migrations, strict=True)
    }
    assert plan.rehearsal.ok, plan.rehearsal.error
    assert found.pop("no way back") is None
    assert {name: (r["schema"], r["data"], r["code"]) for name, r in found.items()} == {
        name: tuple(expected) for name, (_, _, *expected) in CASES.items() if name in found
    }
    assert found["a way back that forgets something"]["params"]["identity"] == "public.b"
    assert found["a way back that fails"]["params"]["line"] == 3
    assert "reverse" in silent.steps


def test_the_proof_leaves_the_target_and_the_rest_of_the_plan_alone(
    database: Target, isolated: Any
) -> None:
    pairs = [("alter table goods add note text", "alter table goods drop note")]

    plan, _ = preview(database, isolated, pairs)

    assert [c["identity"] for c in plan.changes] == ["public.goods.note"]
    with connect(database) as session:
        assert session.value("select count(*) from pg_attribute where attname = 'note'") == 0


def test_a_copy_that_does_not_come_back_proves_nothing_further(
    database: Target, isolated: Any
) -> None:
    pairs = [
        ("create index concurrently i on goods (id)", "drop table goods; vacuum"),
        ("alter table goods add note text", "alter table goods drop note"),
    ]

    plan, _ = preview(database, isolated, pairs)

    assert [m["reversible"]["code"] for m in plan.migrations] == ["differs", "not_tried"]
    assert plan.migrations[1]["reversible"]["schema"] is None


@pytest.mark.parametrize(
    ("up", "place"),
    [("alter table goods add note text", "text"), ("select nothing", None)],
)
def test_without_a_rehearsal_nothing_is_proven(
    database: Target, isolated: Any, up: str, place: Any
) -> None:
    plan, _ = preview(database, isolated, [(up, "select 1")], place=place)

    assert plan.migrations[0]["reversible"]["schema"] is None
    assert plan.migrations[0]["reversible"]["code"] == "not_tried"


def test_what_takes_too_long_is_not_tried(
    database: Target, isolated: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "BUDGET_S", 0)

    plan, _ = preview(database, isolated, [("select pg_sleep(0.01)", "select 1")])

    assert plan.migrations[0]["reversible"]["code"] == "not_tried"
