"""Facts about the order of statements, on catalogues that no server was asked for."""

from collections.abc import Iterable

from vado.generate import Draft, Manner, Side, write_migration
from vado.schema import Catalogue, CatalogueObject, Property

Key = tuple[str, str]
PUBLIC = CatalogueObject("schema", "public", 1, 0, None, {})


def table(name: str) -> CatalogueObject:
    return CatalogueObject("table", f"public.{name}", 2, 0, "public", {})


def column(
    name: str, type_: str, above: str = "public.t", **properties: Property
) -> CatalogueObject:
    said: dict[str, Property] = {"type": type_, "nullable": True, **properties}
    return CatalogueObject("column", f"{above}.{name}", 3, 1, above, said)


def view(name: str, *columns: str) -> CatalogueObject:
    names = ", ".join(text.split()[0] for text in columns)
    query = f" SELECT {names} FROM public.t;"  # noqa: S608 (nobody runs it)
    return CatalogueObject(
        "view", f"public.{name}", 4, 0, "public", {"columns": columns}, definition=query
    )


def side(*objects: CatalogueObject, links: Iterable[tuple[Key, Key]] = ()) -> Side:
    return Side(Catalogue(180000, (PUBLIC, *objects)), links)


def texts(draft: Draft) -> list[str]:
    return [item.text.splitlines()[0] for item in draft.written]


def test_equal_sides_need_nothing() -> None:
    one = side(table("t"), column("a", "integer"))

    assert write_migration(one, one) == Draft(())


def test_a_view_makes_way_while_the_type_under_it_changes() -> None:
    links = [(("view", "public.v"), ("column", "public.t.a"))]
    before = side(table("t"), column("a", "integer"), view("v", "a integer"), links=links)
    after = side(table("t"), column("a", "bigint"), view("v", "a bigint"), links=links)

    assert texts(write_migration(before, after)) == [
        "DROP VIEW public.v;",
        "ALTER TABLE public.t ALTER COLUMN a TYPE bigint;",
        "CREATE VIEW public.v AS",
    ]


def test_a_view_that_only_gets_more_columns_is_replaced() -> None:
    columns = (column("a", "integer"), column("b", "text"))
    before = side(table("t"), *columns, view("v", "a integer"))
    after = side(table("t"), *columns, view("v", "a integer", "b text"))

    assert texts(write_migration(before, after)) == ["CREATE OR REPLACE VIEW public.v AS"]


def test_tables_that_point_at_each_other_are_made_before_their_foreign_keys() -> None:
    def key(one: str, other: str) -> CatalogueObject:
        properties: dict[str, Property] = {"type": "foreign_key", "references": f"public.{other}"}
        text = f"FOREIGN KEY (x) REFERENCES public.{other}(x)"
        return CatalogueObject(
            "constraint", f"public.{one}.k", 5, 0, f"public.{one}", properties, definition=text
        )

    links = [
        (("constraint", f"public.{one}.k"), ("table", f"public.{other}"))
        for one, other in (("a", "b"), ("b", "a"))
    ]
    after = side(table("a"), table("b"), key("a", "b"), key("b", "a"), links=links)

    made = [item.kind for item in write_migration(side(), after).written]
    dropped = [item.kind for item in write_migration(after, side()).written]

    assert made == ["table", "table", "constraint", "constraint"]
    assert dropped == ["constraint", "constraint", "table", "table"]


def test_a_default_is_set_once_the_function_it_calls_is_there() -> None:
    function = CatalogueObject(
        "function", "public.f()", 6, 0, "public", {"returns": "integer"},
        definition="CREATE FUNCTION public.f() RETURNS integer",
    )  # fmt: skip
    before = side(table("t"), column("a", "integer"))
    after = side(
        table("t"),
        column("a", "integer", default="public.f()"),
        function,
        links=[(("default", "public.t.a"), ("function", "public.f()"))],
    )

    assert texts(write_migration(before, after))[1:3] == [
        "CREATE FUNCTION public.f() RETURNS integer;",
        "ALTER TABLE ONLY public.t ALTER COLUMN a SET DEFAULT public.f();",
    ]


def test_a_value_that_is_used_at_once_takes_a_new_type_and_keeps_the_rows() -> None:
    def enum(*labels: str) -> CatalogueObject:
        return CatalogueObject("enum", "public.m", 7, 0, "public", {"labels": labels})

    links = [
        (("column", "public.t.a"), ("enum", "public.m")),
        (("default", "public.t.a"), ("enum", "public.m")),
    ]
    before = side(table("t"), column("a", "public.m"), enum("x"), links=links[:1])
    after = side(
        table("t"), column("a", "public.m", default="'y'::public.m"), enum("x", "y"), links=links
    )
    unused = side(table("t"), column("a", "public.m"), enum("x", "y"), links=links[:1])

    assert texts(write_migration(before, unused)) == ["ALTER TYPE public.m ADD VALUE 'y';"]
    assert texts(write_migration(before, after)) == [
        "ALTER TYPE public.m RENAME TO m__before;",
        "ALTER TABLE public.t ALTER COLUMN a TYPE public.m USING a::text::public.m;",
        "DROP TYPE public.m__before;",
        "ALTER TABLE ONLY public.t ALTER COLUMN a SET DEFAULT 'y'::public.m;",
    ]


def test_the_role_that_runs_it_is_given_nothing() -> None:
    owned = CatalogueObject("enum", "public.m", 7, 0, "public", {"labels": ("x",), "owner": "app"})

    mine = write_migration(side(), side(owned), Manner(runner="app"))
    others = write_migration(side(), side(owned), Manner(runner="postgres"))

    assert "OWNER" not in mine.sql
    assert "ALTER TYPE public.m OWNER TO app;" in others.sql


def test_a_secret_is_said_not_to_be_written() -> None:
    mapping = CatalogueObject(
        "user_mapping", "for public server far", 8, 0, None,
        {"role": "public", "server": "far", "secrets": ("password=hidden:1",)},
    )  # fmt: skip

    [said] = write_migration(side(), side(mapping)).cannot

    assert (said.kind, said.identity) == ("user_mapping", "for public server far")


def test_indexes_of_tables_in_use_are_built_beside_them() -> None:
    index = CatalogueObject(
        "index", "public.i", 9, 0, "public.t", {}, definition="CREATE INDEX i ON public.t (a)"
    )
    before, after = (
        side(table("t"), column("a", "integer")),
        side(table("t"), column("a", "integer"), index),
    )
    manner = Manner(safe=frozenset({"public.t"}))

    assert texts(write_migration(before, after, manner)) == [
        "CREATE INDEX CONCURRENTLY i ON public.t (a);"
    ]
    assert texts(write_migration(after, before, manner)) == ["DROP INDEX CONCURRENTLY public.i;"]


def test_what_could_not_be_made_again_is_left_alone() -> None:
    links = [(("view", "public.v"), ("column", "public.t.a"))]
    before = side(table("t"), column("a", "integer"), view("v", "a integer"), links=links)
    after = side(table("t"), column("a", "bigint"), view("v", "a bigint"), links=links)
    manner = Manner(frozen=frozenset({("view", "public.v")}))

    assert texts(write_migration(before, after, manner)) == [
        "ALTER TABLE public.t ALTER COLUMN a TYPE bigint;"
    ]


def test_a_table_that_is_partitioned_by_a_changed_column_is_made_again_with_its_rows() -> None:
    whole = CatalogueObject("table", "public.t", 2, 0, "public", {"partition_by": "LIST (a)"})
    before = side(whole, column("a", "integer"))
    after = side(whole, column("a", "bigint"))

    draft = write_migration(before, after)

    assert [item.action for item in draft.written] == ["save", "drop", "create", "fill"]
    assert "INSERT INTO public.t (a) SELECT a FROM public.t__rows;" in draft.written[-1].text
    assert ("table", "public.t") in draft.carried
