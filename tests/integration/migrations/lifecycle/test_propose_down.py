"""The proposed way back really leads back: up, down, and the same schema, on a real server."""

from vado.database import Target, connect
from vado.migrations import propose_down
from vado.schema import diff_databases, fingerprint, read_catalogue
from vado.sql import parse_script

SETUP = """
create schema a;
create table a.t (id int primary key, a int, b int not null, n int);
create table u (id int primary key, t int);
create table parted (id int) partition by list (id);
create table part (id int);
create view old_view as select id from u;
create type mood as enum ('ok', 'bad');
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create index old_index on u (t);
"""
UPS = (
    "create table x (id serial primary key, note text); create index on x (note)",
    "create table x as select 1 as id; create view y as table x",
    "create materialized view m as select 1 as id; create unique index on m (id)",
    "alter table a.t add c text, add unique (a, b), alter n set not null, alter b drop not null",
    "alter table u add foreign key (t) references a.t",
    "alter table a.t add constraint k check (n > 1)",
    "create index i on a.t (n); create index concurrently j on a.t (a); create index on u (t, id)",
    "create function f(i int, v varchar[], out o int) language sql as 'select 1'",
    "create procedure p(i bigint default 1) language sql as 'select 1'",
    "create type a.pair as (x int); create domain d as a.pair",
    "create type r as range (subtype = int)",
    "create sequence a.s; create schema s; create table s.x (id int)",
    "create trigger g before insert on u for each row execute function touch()",
    "alter table u enable row level security, force row level security; create policy p on u",
    "create rule r as on insert to u do nothing; create statistics st on id, t from u",
    "create publication p for table u",
    "alter table a.t rename to v; alter table a.v rename n to m; alter index old_index rename to i",
    "alter view old_view rename to w; alter type mood rename to moods; alter schema a rename to z",
    "alter type mood rename value 'bad' to 'sad'; alter table u rename constraint u_pkey to k",
    "alter table parted attach partition part for values in (1)",
)  # fmt: skip


def run(session, text: str) -> None:
    for statement in parse_script(text).statements:
        session.run(statement.text)


def test_up_and_the_proposed_down_leave_the_schema_as_it_was(database: Target) -> None:
    with connect(database) as session:
        run(session, SETUP)
        before = read_catalogue(session)
        for up in UPS:
            down = propose_down(up)
            assert down is not None, up
            run(session, up)
            run(session, down)
            after = read_catalogue(session)
            assert diff_databases(before, after) == (), up
            assert fingerprint(after) == fingerprint(before), up
