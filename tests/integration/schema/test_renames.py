"""Questions about renames between two databases."""

from collections.abc import Callable

import pytest

from vado.database import Session, Target, connect
from vado.schema import diff_databases, read_catalogue, rename_candidates

Run = Callable[[Session, str], None]
Ask = Callable[[str, str], list[tuple[str, str, str, str]]]


@pytest.fixture
def ask(database: Target, another: Target, run: Run) -> Ask:
    def ask(one: str, other: str) -> list[tuple[str, str, str, str]]:
        catalogues = []
        for target, script in ((database, one), (another, other)):
            with connect(target) as session:
                run(session, script)
                catalogues.append(read_catalogue(session))
        found = rename_candidates(*catalogues)
        changes = diff_databases(*catalogues)
        # Asked, never assumed.
        assert all(change.action != "rename" for change in changes)
        assert {one.identity for one in found} <= {c.identity for c in changes}
        return [(one.kind, one.identity, one.new_identity, one.why) for one in found]

    return ask


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "create table a (x int primary key, y text)",
            "create table b (x int primary key, y text)",
            ("table", "public.a", "public.b", "same_columns"),
        ),
        (
            "create table a (x int, y text, z int, w int)",
            "create table b (x int, y text, z int, v int)",
            ("table", "public.a", "public.b", "similar_columns"),
        ),
        (
            "create table t (x int, y text not null)",
            "create table t (x int, z text not null)",
            ("column", "public.t.y", "public.t.z", "same_type_and_place"),
        ),
        (
            "create table t (x int, y text)",
            "create table t (z text not null, x int)",
            ("column", "public.t.y", "public.t.z", "same_type"),
        ),
        (
            "create table t (x int); create index i on t (x)",
            "create table t (x int); create index j on t (x)",
            ("index", "public.i", "public.j", "same_definition"),
        ),
        (
            "create table t (x int constraint c check (x in (1, 2)))",
            "create table t (x int constraint d check (x in (1, 2)))",
            ("constraint", "public.t.c", "public.t.d", "same_definition"),
        ),
        (
            "create type a as enum ('x', 'y')",
            "create type b as enum ('x', 'y')",
            ("enum", "public.a", "public.b", "same_definition"),
        ),
        (
            "create function f(int) returns int language sql as 'select $1'",
            "create function g(int) returns int language sql as 'select $1'",
            ("function", "public.f(integer)", "public.g(integer)", "same_definition"),
        ),
        (
            "create view v as select 1 as a",
            "create view w as select 1 as a",
            ("view", "public.v", "public.w", "same_definition"),
        ),
        (
            "create sequence s increment 5",
            "create sequence r increment 5",
            ("sequence", "public.s", "public.r", "same_definition"),
        ),
        (
            "create schema a; create table a.t (x int); create view a.v as select 1 as o",
            "create schema b; create table b.t (x int); create view b.v as select 1 as o",
            ("schema", "a", "b", "same_content"),
        ),
    ],
)
def test_what_is_the_same_but_for_its_name_is_asked_about(
    ask: Ask, one: str, other: str, expected: tuple[str, ...]
) -> None:
    assert ask(one, other) == [expected]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("create table a (x int)", "create table b (x int); create table c (x int)"),
        ("create table t (x int, y text)", "create table t (x int, b int, c text, d text)"),
        ("create table a (x int)", "create table b (x text)"),
        ("create type a as enum ('x')", "create type b as enum ('y')"),
        ("create schema a", "create schema b"),
        ("create extension hstore", "create extension citext"),
    ],
    ids=["two_tables", "two_columns", "other_columns", "other_values", "empty", "extensions"],
)
def test_nothing_is_asked_where_no_answer_is_likelier_than_others(
    ask: Ask, one: str, other: str
) -> None:
    assert ask(one, other) == []
