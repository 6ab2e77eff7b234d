"""Before and after in one database: what happened is known, not guessed."""

from collections.abc import Callable

import pytest

from vado.schema import Change

ChangesOf = Callable[[str, str], tuple[Change, ...]]

SHOP = """
create table customers (id bigint generated always as identity primary key, name text not null);
create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    status varchar(20) not null default 'new' check (status in ('new', 'paid')),
    amount numeric(10, 2),
    total numeric generated always as (amount * 2) stored
);
create index orders_open on orders (customer_id, lower(status)) where status in ('new', 'paid');
create view open_orders as select id, status from orders where status = 'new';
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touched before update on orders for each row
    when (old.status is distinct from new.status) execute function touch();
alter table orders enable row level security;
create policy own on orders using (customer_id > 0);
"""


NAMES = "create view names as select name from customers;"
SHOP_WITH_NAMES = f"{SHOP}{NAMES}"


def told(changes: tuple[Change, ...]) -> list[tuple[str, ...]]:
    """Reduce changes to action, kind, identity (and the new identity of a rename)."""
    return [
        (c.action, c.kind, c.identity, *([c.new_identity] if c.new_identity else ()))
        for c in changes
    ]


def details(change: Change) -> dict[str, tuple[object, object]]:
    return {detail.property: (detail.before, detail.after) for detail in change.details}


def test_nothing_changes_when_nothing_is_done(changes_of: ChangesOf) -> None:
    assert changes_of(SHOP, "select 1") == ()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("alter table orders rename to purchases", ("table", "public.orders", "public.purchases")),
        (
            "alter table orders rename status to state",
            ("column", "public.orders.status", "public.orders.state"),
        ),
        (
            "alter table orders rename constraint orders_pkey to pk",
            ("constraint", "public.orders.orders_pkey", "public.orders.pk"),
        ),
        (
            "alter index orders_open rename to waiting",
            ("index", "public.orders_open", "public.waiting"),
        ),
        (
            "alter view open_orders rename to waiting",
            ("view", "public.open_orders", "public.waiting"),
        ),
        (
            "alter trigger touched on orders rename to t",
            ("trigger", "public.orders.touched", "public.orders.t"),
        ),
        (
            "alter policy own on orders rename to mine",
            ("policy", "public.orders.own", "public.orders.mine"),
        ),
        (
            "alter function touch() rename to brush",
            ("function", "public.touch()", "public.brush()"),
        ),
    ],
)
def test_a_rename_is_one_fact_and_nothing_else(
    changes_of: ChangesOf, statement: str, expected: tuple[str, ...]
) -> None:
    changes = changes_of(SHOP, statement)

    assert told(changes) == [("rename", *expected)]
    assert not changes[0].destructive
    assert changes[0].details == ()


def test_a_renamed_schema_takes_its_objects_along(changes_of: ChangesOf) -> None:
    before = (
        "create schema app; set search_path to app; create sequence s; create type m as enum ('a');"
    )

    changes = changes_of(before + SHOP, "alter schema app rename to shop")

    assert told(changes) == [("rename", "schema", "app", "shop")]


def test_a_table_moved_to_another_schema_is_renamed(changes_of: ChangesOf) -> None:
    changes = changes_of(
        SHOP + "create schema archive; create table t (id serial primary key, a int);"
        "create index t_a on t (a);",
        "alter table t set schema archive",
    )

    assert told(changes) == [("rename", "table", "public.t", "archive.t")]


def test_a_renamed_type_leaves_columns_and_functions_alone(changes_of: ChangesOf) -> None:
    changes = changes_of(
        "create type mood as enum ('sad'); create table t (m mood default 'sad');"
        "create function f(mood) returns mood language sql as 'select $1';"
        "create domain d as mood; create type pair as (m mood);",
        "alter type mood rename to feeling",
    )

    assert told(changes) == [("rename", "enum", "public.mood", "public.feeling")]


def test_a_renamed_column_that_also_changed_tells_both(changes_of: ChangesOf) -> None:
    changes = changes_of(
        SHOP,
        "alter table customers rename name to label;"
        "alter table customers alter label drop not null",
    )

    assert told(changes) == [
        ("rename", "column", "public.customers.name", "public.customers.label")
    ]
    assert details(changes[0]) == {"nullable": (False, True)}


def test_a_column_dropped_and_added_again_is_a_loss(changes_of: ChangesOf) -> None:
    changes = changes_of(
        SHOP, "alter table customers drop name; alter table customers add name text not null"
    )

    assert told(changes) == [
        ("add", "column", "public.customers.name"),
        ("remove", "column", "public.customers.name"),
    ]
    assert [change.destructive for change in changes] == [False, True]


def test_a_table_made_again_is_a_loss(changes_of: ChangesOf) -> None:
    changes = changes_of(
        "create table t (id int primary key)", "drop table t; create table t (id int primary key)"
    )

    assert told(changes) == [("add", "table", "public.t"), ("remove", "table", "public.t")]
    assert changes[1].destructive


@pytest.mark.parametrize(
    "again",
    [
        (
            "drop view open_orders;"
            "create view open_orders as select id, status from orders where status = 'new'"
        ),
        (
            "drop index orders_open;"
            "create index orders_open on orders (customer_id, lower(status))"
            " where status in ('new', 'paid')"
        ),
        "drop policy own on orders; create policy own on orders using (customer_id > 0)",
        (
            "alter table orders drop constraint orders_status_check;"
            "alter table orders add constraint orders_status_check"
            " check (status in ('new', 'paid'))"
        ),
    ],
)
def test_what_holds_no_data_made_again_the_same_is_no_change(
    changes_of: ChangesOf, again: str
) -> None:
    assert changes_of(SHOP, again) == ()


def test_a_view_made_again_otherwise_is_a_change(changes_of: ChangesOf) -> None:
    changes = changes_of(
        SHOP, "drop view open_orders; create view open_orders as select id from orders"
    )

    assert told(changes) == [("change", "view", "public.open_orders")]
    assert set(details(changes[0])) == {"columns", "definition"}
    assert not changes[0].destructive


def test_a_new_table_tells_its_columns_in_its_own_change(changes_of: ChangesOf) -> None:
    changes = changes_of(
        SHOP,
        "create table items (id serial primary key, order_id bigint references orders, note text);"
        "create index on items (note)",
    )

    assert told(changes) == [("add", "table", "public.items")]
    assert [(d.property, d.after) for d in changes[0].details] == [
        ("column", "id integer DEFAULT nextval('public.items_id_seq'::regclass) NOT NULL"),
        ("column", "order_id bigint"),
        ("column", "note text"),
        (
            "constraint",
            "items_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id)",
        ),
        ("constraint", "items_pkey PRIMARY KEY (id)"),
        ("index", "CREATE INDEX items_note_idx ON public.items USING btree (note)"),
    ]


def test_a_dropped_table_takes_keys_and_views_of_others_along(changes_of: ChangesOf) -> None:
    changes = changes_of(
        SHOP_WITH_NAMES,
        "drop table customers cascade",
    )

    assert told(changes) == [
        ("remove", "view", "public.names"),
        ("remove", "constraint", "public.orders.orders_customer_id_fkey"),
        ("remove", "table", "public.customers"),
    ]
    assert [change.destructive for change in changes] == [False, False, True]


@pytest.mark.parametrize(
    ("statement", "identity", "expected", "destructive"),
    [
        (
            "alter table orders drop total; alter table orders alter amount type numeric(12, 2)",
            "amount",
            {"type"},
            False,
        ),
        ("alter table orders alter status type text", "status", {"type"}, False),
        ("alter table customers alter name type varchar(5)", "name", {"type"}, True),
        ("alter table customers alter name drop not null", "name", {"nullable"}, False),
        ("alter table customers alter name set default 'x'", "name", {"default"}, False),
        ("alter table customers alter name set statistics 7", "name", {"statistics"}, False),
        ("alter table customers alter name set storage plain", "name", {"storage"}, False),
        (
            "alter table orders alter total drop expression",
            "total",
            {"generated", "expression"},
            False,
        ),
        ("alter table orders alter id drop identity", "id", {"identity_kind"}, False),
        ("alter table orders alter id set cache 5", "id", {"identity_options"}, False),
        ("comment on column orders.id is 'x'", "id", {"comment"}, False),
    ],
)
def test_a_changed_column_tells_the_property(
    changes_of: ChangesOf,
    statement: str,
    identity: str,
    expected: set[str],
    destructive: bool,  # noqa: FBT001 (a parameter of the cases)
) -> None:
    before = SHOP.replace("create index orders_open", "-- ").replace("create view", "-- ")
    before = before.replace("create trigger touched", "-- ").replace("    when (old", "-- ")

    changes = changes_of(before, statement)

    [change] = [c for c in changes if c.kind == "column" and c.action == "change"]
    assert change.identity.endswith(f".{identity}")
    assert set(details(change)) == expected
    assert change.destructive is destructive


@pytest.mark.parametrize(
    ("statement", "change"),
    [
        ("create schema s", ("add", "schema", "s")),
        ("create sequence s", ("add", "sequence", "public.s")),
        ("create domain d as text", ("add", "domain", "public.d")),
        ("create type pair as (a int)", ("add", "composite", "public.pair")),
        ("create type e as enum ('a')", ("add", "enum", "public.e")),
        ("create type r as range (subtype = int)", ("add", "range", "public.r")),
        ("create index i on orders (id)", ("add", "index", "public.i")),
        (
            "alter table orders add constraint c check (id > 0)",
            ("add", "constraint", "public.orders.c"),
        ),
        ("alter table orders add column n int", ("add", "column", "public.orders.n")),
        ("create materialized view m as select 1 as a", ("add", "materialized_view", "public.m")),
        (
            "create function f(integer) returns integer language sql as 'select 1'",
            ("add", "function", "public.f(integer)"),
        ),
        (
            "create procedure p() language sql as 'select 1'",
            ("add", "procedure", "public.p()"),
        ),
        (
            "create aggregate a(integer) (sfunc = int4pl, stype = integer)",
            ("add", "aggregate", "public.a(integer)"),
        ),
        (
            "create trigger t after insert on orders execute function touch()",
            ("add", "trigger", "public.orders.t"),
        ),
        (
            "create rule r as on delete to orders do instead nothing",
            ("add", "rule", "public.orders.r"),
        ),
        ("create policy p on orders using (true)", ("add", "policy", "public.orders.p")),
        ("create extension hstore", ("add", "extension", "hstore")),
        ('create collation c (locale = "C")', ("add", "collation", "public.c")),
        ("drop index orders_open", ("remove", "index", "public.orders_open")),
        ("drop view open_orders", ("remove", "view", "public.open_orders")),
        ("drop trigger touched on orders", ("remove", "trigger", "public.orders.touched")),
        ("drop policy own on orders", ("remove", "policy", "public.orders.own")),
        (
            "alter table orders drop constraint orders_status_check",
            ("remove", "constraint", "public.orders.orders_status_check"),
        ),
        ("alter table orders force row level security", ("change", "table", "public.orders")),
        ("alter table orders set (fillfactor = 70)", ("change", "table", "public.orders")),
        ("alter table orders replica identity full", ("change", "table", "public.orders")),
        ("comment on table orders is 'x'", ("change", "table", "public.orders")),
        ("grant select on orders to public", ("change", "table", "public.orders")),
        (
            "alter view open_orders set (security_barrier = true)",
            ("change", "view", "public.open_orders"),
        ),
        (
            "create or replace view open_orders as select id, status from orders",
            ("change", "view", "public.open_orders"),
        ),
        (
            "create or replace function touch() returns trigger language plpgsql as 'begin end'",
            ("change", "function", "public.touch()"),
        ),
        (
            "alter table orders disable trigger touched",
            ("change", "trigger", "public.orders.touched"),
        ),
        ("alter policy own on orders using (false)", ("change", "policy", "public.orders.own")),
        (
            "alter index orders_open set (fillfactor = 70)",
            ("change", "index", "public.orders_open"),
        ),
        ("cluster orders using orders_pkey", ("change", "constraint", "public.orders.orders_pkey")),
        (
            "alter table orders alter constraint orders_customer_id_fkey deferrable",
            ("change", "constraint", "public.orders.orders_customer_id_fkey"),
        ),
    ],
)
def test_each_kind_is_seen(changes_of: ChangesOf, statement: str, change: tuple[str, ...]) -> None:
    assert told(changes_of(SHOP, statement)) == [change]


def test_validating_a_constraint_is_told_once(changes_of: ChangesOf) -> None:
    changes = changes_of(
        SHOP + "alter table orders add constraint c check (amount > 0) not valid;",
        "alter table orders validate constraint c",
    )

    assert told(changes) == [("change", "constraint", "public.orders.c")]
    assert details(changes[0]) == {"not_valid": (True, False)}


def test_added_and_renamed_enum_labels_destroy_nothing(changes_of: ChangesOf) -> None:
    changes = changes_of(
        "create type e as enum ('a', 'c')",
        "alter type e add value 'b' before 'c'; alter type e rename value 'a' to 'z'",
    )

    assert details(changes[0]) == {"labels": (("a", "c"), ("z", "b", "c"))}
    assert not changes[0].destructive


def test_an_enum_made_again_without_a_label_is_destructive(changes_of: ChangesOf) -> None:
    changes = changes_of(
        "create type e as enum ('a', 'b')", "drop type e; create type e as enum ('a')"
    )

    assert told(changes) == [("change", "enum", "public.e")]
    assert changes[0].destructive


def test_a_column_of_a_partitioned_table_is_told_once(changes_of: ChangesOf) -> None:
    changes = changes_of(
        "create table p (a int, b int) partition by list (a);"
        "create table p1 partition of p for values in (1);"
        "create table p2 partition of p for values in (2);",
        "alter table p add c int; alter table p rename b to d; create index i on p (c);"
        "alter table p add constraint k check (c > 0); alter table p alter a set not null",
    )

    assert told(changes) == [
        ("change", "column", "public.p.a"),
        ("rename", "column", "public.p.b", "public.p.d"),
        ("add", "column", "public.p.c"),
        ("add", "constraint", "public.p.k"),
        ("add", "index", "public.i"),
    ]


def test_a_detached_partition_is_a_change_of_that_table(changes_of: ChangesOf) -> None:
    changes = changes_of(
        "create table p (a int primary key, b int) partition by list (a);"
        "create table p1 partition of p for values in (1); create index on p (b)",
        "alter table p detach partition p1",
    )

    assert told(changes) == [("change", "table", "public.p1")]
    assert set(details(changes[0])) == {"inherits", "partition_bound"}
