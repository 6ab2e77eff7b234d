import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vado.database import Session, Target, connect
from vado.errors import StatementFailed
from vado.schema import (
    Catalogue,
    diff_same_database,
    read_catalogue,
    read_sizes,
    render_ddl,
)

CatalogueOf = Callable[[str], Catalogue]
Run = Callable[[Session, str], None]

EVERYTHING = (Path(__file__).parent / "everything.sql").read_text()


def test_objects_of_extensions_are_left_out(catalogue_of: CatalogueOf) -> None:
    catalogue = catalogue_of("create extension hstore; create table t (a hstore)")

    assert [item.identity for item in catalogue.objects] == [
        "public",
        "hstore",
        "public.t",
        "public.t.a",
    ]


def test_vados_own_schemas_and_temporary_tables_are_left_out(catalogue_of: CatalogueOf) -> None:
    catalogue = catalogue_of(
        "create schema vado; create table vado.migration (a serial primary key, b text unique);"
        "create schema vado_control; create view vado_control.v as select 1 as a;"
        "create temp table t (a serial primary key); create temp view w as select 1 as a;"
    )

    assert [item.identity for item in catalogue.objects] == ["public"]


def test_identities_are_quoted_as_postgresql_does(catalogue_of: CatalogueOf) -> None:
    catalogue = catalogue_of(
        'create table "T" ("a b" int constraint "C" check ("a b" > 0));'
        'create index "I" on "T" ("a b");'
        "create function \"F\"(int, text) returns int language sql as 'select 1';"
    )

    assert [(item.kind, item.identity) for item in catalogue.objects][1:] == [
        ("table", 'public."T"'),
        ("function", 'public."F"(integer,text)'),
        ("column", 'public."T"."a b"'),
        ("constraint", 'public."T"."C"'),
        ("index", 'public."I"'),
    ]


def test_names_do_not_depend_on_the_search_path(session: Session, run: Run) -> None:
    run(session, EVERYTHING)
    before = read_catalogue(session)
    run(
        session,
        "set search_path to app, public; set DateStyle to 'German'; set TimeZone to 'Asia/Tokyo'",
    )

    assert read_catalogue(session) == before


def test_settings_are_put_back_inside_a_transaction(session: Session, run: Run) -> None:
    run(session, "create table t (a int)")

    with session.transaction():
        run(session, "set local search_path to pg_catalog; create table public.u (a int)")
        catalogue = read_catalogue(session)
        run(session, "create table public.w (a int)")
        path = session.value("select current_setting('search_path')")

    assert catalogue.find("table", "public.u") is not None
    assert path == "pg_catalog"


def test_reading_writes_nothing(database: Target) -> None:
    with connect(database, read_only=True) as session:
        assert read_catalogue(session).find("schema", "public") is not None


def test_a_catalogue_survives_json(catalogue_of: CatalogueOf) -> None:
    catalogue = catalogue_of(EVERYTHING)

    assert Catalogue.from_json(json.loads(json.dumps(catalogue.to_json()))) == catalogue


def test_what_a_dump_of_the_schema_leaves_out_is_counted(catalogue_of: CatalogueOf) -> None:
    catalogue = catalogue_of("select lo_create(0), lo_create(0)")

    assert dict(catalogue.not_compared) == {"large_object": 2}


def test_secrets_are_never_kept_but_their_changes_are_seen(session: Session, run: Run) -> None:
    run(
        session,
        "create foreign data wrapper w; create server s foreign data wrapper w;"
        "create user mapping for public server s options (user 'u', password 'one two')",
    )
    before = read_catalogue(session)
    run(session, "alter user mapping for public server s options (set password 'three')")
    after = read_catalogue(session)

    [change] = diff_same_database(before, after)
    assert (change.kind, change.identity) == ("user_mapping", "for public server s")
    assert [detail.property for detail in change.details] == ["secrets"]
    assert "one two" not in json.dumps(before.to_json()) + render_ddl(before)
    mapping = before.find("user_mapping", "for public server s")
    assert mapping is not None
    assert mapping.texts("foreign_options") == ("user=u",)


def test_a_subscription_is_read_without_its_password(session: Session, run: Run) -> None:
    run(
        session,
        "create subscription s connection 'host=h password=''top secret'' dbname=d'"
        " publication p with (connect = false, slot_name = none)",
    )
    try:
        found = read_catalogue(session).find("subscription", "s")
    finally:
        run(session, "drop subscription s")

    assert found is not None
    assert found.text("connection") == "host=h password=*** dbname=d"
    assert found.texts("publications") == ("p",)


def test_keys_of_a_constraint_are_told(catalogue_of: CatalogueOf) -> None:
    catalogue = catalogue_of(
        "create table a (x int, y int, primary key (y, x));"
        "create table b (p int, q int);"
        "alter table b add foreign key (p, q) references a (x, y) not valid"
    )

    key = catalogue.find("constraint", "public.b.b_p_q_fkey")
    assert key is not None
    assert key.texts("columns") == ("p", "q")
    assert key.text("references") == "public.a"
    assert key.texts("referenced_columns") == ("x", "y")
    assert key.flag("not_valid")
    assert key.definition == "FOREIGN KEY (p, q) REFERENCES public.a(x, y)"


def test_an_invalid_index_is_marked(session: Session, run: Run) -> None:
    run(session, "create table t (a int); insert into t values (1), (1)")
    with pytest.raises(StatementFailed):
        run(session, "create unique index concurrently i on t (a)")

    index = read_catalogue(session).find("index", "public.i")

    assert index is not None
    assert index.flag("invalid")


def test_sizes_are_estimates_by_identity(session: Session, run: Run) -> None:
    run(session, "create table t as select generate_series(1, 1000) as a; analyze t")
    run(session, 'create table "U" (a int)')

    sizes = read_sizes(session)

    assert sizes["public.t"].rows == 1000
    assert sizes["public.t"].bytes >= 32768
    assert sizes['public."U"'].rows == -1


def test_ddl_can_be_limited_to_some_objects(catalogue_of: CatalogueOf) -> None:
    catalogue = catalogue_of(
        "create table a (x int primary key); create table b (y int); create index i on a (x)"
    )

    assert (
        render_ddl(catalogue, only={"public.b.y"}) == "CREATE TABLE public.b (\n    y integer\n);\n"
    )
    assert "CREATE INDEX" not in render_ddl(catalogue, only={"public.a"})


def test_views_on_views_come_in_an_order_that_runs(catalogue_of: CatalogueOf) -> None:
    views = "create table t (a int); create view v0 as select a from t;"
    for n in range(1, 50):
        views += f"create view v{n} as select a from v{n - 1};"  # noqa: S608 (numbers)

    ddl = render_ddl(catalogue_of(views))

    places = [ddl.index(f"VIEW public.v{n} AS") for n in range(50)]
    assert places == sorted(places)
