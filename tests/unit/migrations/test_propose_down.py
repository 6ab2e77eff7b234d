"""The way back that is proposed for common changes, and where none is."""

import pytest

from vado.migrations import propose_down

PAIRS = {
    "create table t (id int)": "drop table t;",
    "create table a.t as select 1 as id": "drop table a.t;",
    "create materialized view m as select 1 as id": "drop materialized view m;",
    "create view v as select 1 as id": "drop view v;",
    "alter table t add column note text": "alter table t drop column note;",
    "alter table t add a int, add b int": "alter table t drop column b, drop column a;",
    'alter table "T" add "select" int': 'alter table "T" drop column "select";',
    "alter table t add constraint c check (n > 0)": "alter table t drop constraint c;",
    "alter table t add unique (a, b)": "alter table t drop constraint t_a_b_key;",
    "alter table t add primary key (a)": "alter table t drop constraint t_pkey;",
    "alter table t add foreign key (a) references u": "alter table t drop constraint t_a_fkey;",
    "alter table t alter n set not null": "alter table t alter column n drop not null;",
    "alter table t alter n drop not null": "alter table t alter column n set not null;",
    "alter table t enable row level security": "alter table t disable row level security;",
    "alter table t attach partition p default": "alter table t detach partition p;",
    "create index i on a.t (n)": "drop index a.i;",
    "create index concurrently i on t (n)": "drop index concurrently i;",
    "create index on t (a, b)": "drop index t_a_b_idx;",
    "create function f(a int, b text[], out c int) language sql as 'select 1'": (
        "drop function f(integer, text[]);"
    ),
    "create procedure p(a timestamptz) language sql as ''": ("drop procedure p(timestamptz);"),
    "create type a.mood as enum ('ok')": "drop type a.mood;",
    "create type pair as (a int, b int)": "drop type pair;",
    "create domain d as int": "drop domain d;",
    "create sequence s": "drop sequence s;",
    "create schema s": "drop schema s;",
    "create extension hstore": "drop extension hstore;",
    "create trigger g before insert on t execute function f()": "drop trigger g on t;",
    "create policy p on t": "drop policy p on t;",
    "create publication p for table t": "drop publication p;",
    "alter table a.t rename to u": "alter table a.u rename to t;",
    "alter table t rename a to b": "alter table t rename column b to a;",
    "alter table t rename constraint c to d": "alter table t rename constraint d to c;",
    "alter index i rename to j": "alter index j rename to i;",
    "alter type a.m rename to n": "alter type a.n rename to m;",
    "alter type m rename value 'a' to 'it''s'": "alter type m rename value 'it''s' to 'a';",
    "alter schema s rename to r": "alter schema r rename to s;",
}
NONE = (
    "",
    "select 1",
    "do $$ begin end $$",
    "drop table t",
    "update t set n = 1",
    "insert into t values (1)",
    "alter table t drop column n",
    "alter table t alter n type bigint",
    "alter table t alter n set default 1",
    "alter table t add check (n > 0)",
    "alter table if exists t add n int",
    "alter table t add column if not exists n int",
    "alter type m add value 'z'",
    "create or replace view v as select 1 as id",
    "create index on t (lower(n))",
    "create schema s create table t ()",
    "create table if not exists t (id int)",
    "comment on table t is 'x'",
    "create tabel t",
    "create table t (id int); drop table u",
)


@pytest.mark.parametrize("up", PAIRS)
def test_a_common_change_has_its_way_back(up: str) -> None:
    assert propose_down(up) == PAIRS[up]


@pytest.mark.parametrize("up", NONE)
def test_nothing_is_proposed_where_the_text_does_not_tell(up: str) -> None:
    assert propose_down(up) is None


def test_the_last_statement_is_taken_back_first() -> None:
    up = "alter table t rename to u; alter table u add n int; create view v as table u"

    assert propose_down(up) == (
        "drop view v;\nalter table u drop column n;\nalter table u rename to t;"
    )


def test_what_is_done_to_a_new_table_goes_with_it() -> None:
    up = """
        create table t (id int);
        create index i on t (id);
        insert into t values (1);
        alter table t rename to u;
        alter table u add n int default 1;
    """

    assert propose_down(up) == "alter table u rename to t;\ndrop table t;"


def test_what_may_have_been_there_before_stays_and_is_said() -> None:
    up = "create extension if not exists citext; create table t (id int); grant select on t to r"

    assert propose_down(up) == (
        "-- stays: grant select on t to r\n"
        "drop table t;\n"
        "-- stays: create extension if not exists citext (it may have been there before)"
    )
