"""Rows of the target that a plan would fail on, or change without a word, before it is applied."""

import pytest

from tests.integration.preview.conftest import Preview
from vado.database import Target, connect

ORDERS = (
    "create table customers (id int primary key)",
    "create table orders (id int primary key, customer int, email varchar(40), price numeric(9,3))",
    "insert into customers values (1)",
    "insert into orders values (1, 1, 'a@x', 1.250), (2, 9, 'a@x', 2.5), (3, null, null, -1.005)",
)


def run(target: Target, *statements: str) -> None:
    with connect(target) as session:
        for statement in statements:
            session.run(statement)


@pytest.mark.parametrize(
    ("change", "kind", "rows", "sample"),
    [
        (
            "alter column email set not null",
            "null",
            1,
            {"id": "3", "email": None},
        ),
        (
            "add constraint c check (price > 0)",
            "check",
            1,
            {"id": "3", "customer": None, "email": None, "price": "-1.005"},
        ),
        (
            "add constraint f foreign key (customer) references customers",
            "foreign_key",
            1,
            {"id": "2", "customer": "9"},
        ),
        ("add constraint u unique (email)", "duplicate", 2, {"email": "a@x"}),
        ("alter column email type varchar(2)", "too_long", 2, {"id": "1", "email": "a@x"}),
        ("alter column price type numeric(9, 1)", "changed", 2, {"id": "1", "price": "1.250"}),
        ("alter column price type int", "changed", 3, {"id": "1", "price": "1.250"}),
    ],
)
def test_what_stands_in_the_way_is_counted_and_shown(
    database: Target, preview: Preview, change: str, kind: str, rows: int, sample: dict
):
    run(database, *ORDERS)

    [violation] = preview(f"alter table orders {change};").violations

    assert (violation["kind"], violation["rows"], violation["table"]) == (
        kind,
        rows,
        "public.orders",
    )
    assert violation["samples"][0] == sample


def test_what_cannot_be_converted_is_told_as_the_server_says_it(database: Target, preview: Preview):
    run(database, *ORDERS)

    [violation] = preview("alter table orders alter email type int using email::int;").violations

    assert (violation["kind"], violation["rows"]) == ("not_convertible", None)
    assert "invalid input syntax for type integer" in violation["samples"][0]["error"]


def test_rows_that_fit_are_not_told(database: Target, preview: Preview):
    run(database, *ORDERS)

    plan = preview(
        "alter table orders add check (id > 0), alter customer type bigint, alter email type text;"
        "alter table orders add constraint later check (price > 0) not valid;"
        "alter table orders add fresh int; alter table orders add unique (fresh);"
    )

    assert plan.violations == ()


def test_hostile_names_and_percent_signs_are_asked_about(database: Target, preview: Preview):
    run(
        database,
        """create table "%s ""t"" {x}" ("a%'b" text)""",
        """insert into "%s ""t"" {x}" values ('50%')""",
    )

    [violation] = preview(
        """alter table "%s ""t"" {x}" add constraint c check ("a%'b" not like '%\\%');"""
    ).violations

    assert violation["samples"] == ({"a%'b": "50%"},)


def test_a_check_that_calls_what_the_plan_makes_is_left_out(database: Target, preview: Preview):
    run(database, *ORDERS)

    plan = preview(
        "create function ok(numeric) returns bool language sql immutable as 'select $1 > 0';"
        "alter table orders add check (ok(price));"
    )

    assert plan.rehearsal.ok
    assert plan.violations == ()
