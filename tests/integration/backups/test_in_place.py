"""Restoring in place: exactly what the backup holds, or exactly what was there."""

import pytest

from vado.backups import RestoreRequest, list_backups, restore_backup, take_backup
from vado.errors import ConfirmationRequired, Refused, RestoreFailed


def in_place(backup_id, word="shop"):
    return RestoreRequest(backup_id, word, mode="in_place")


AFTERWARDS = """
create schema later;
create table later.things (id int references public.customers, hue public.colour);
create table public.extra (id int);
create view public.blocking as select o.id, c.name from public.orders o, public.customers c;
create materialized view public.kept_sums as select sum(n) as n from public.sums;
create function public.extra(int, public.colour) returns int language sql as 'select 1';
create procedure public.act() language sql as 'select 1';
create aggregate public.total(int) (sfunc = int4pl, stype = int);
create domain public.positive as int check (value > 0);
create type public.pair as (a int, b public.positive);
create type public.span as range (subtype = int);
create sequence public.numbers owned by public.extra.id;
create collation public.plain (locale = 'C');
create text search configuration public.words (copy = simple);
create function public.plus(public.pair, public.pair) returns int language sql as 'select 1';
create operator public.<+> (leftarg = public.pair, rightarg = public.pair, function = public.plus);
create function public.of_pair(public.pair) returns int language sql as 'select 1';
create cast (public.pair as int) with function public.of_pair(public.pair);
create statistics public.stats (dependencies) on id, customer from public.orders;
create publication everything for table public.customers;
create function public.watch() returns event_trigger language plpgsql as 'begin end';
create event trigger watching on ddl_command_end execute function public.watch();
alter default privileges in schema public grant select on tables to public;
alter default privileges revoke execute on functions from public;
revoke all on schema public from public;
comment on schema public is 'ours';
create extension hstore schema later;
drop view public.paid;
alter table public.orders drop column status;
delete from public.parts;
select lo_create(0)
"""


def change(environment):
    with environment.session() as session:
        session.run("select lo_unlink(oid) from pg_largeobject_metadata")
        for statement in AFTERWARDS.split(";\n"):
            session.run(statement)


@pytest.mark.fault
def test_what_came_after_the_backup_is_gone_and_nothing_else(shop, backup, job, look, databases):
    before = look()
    change(shop)

    report = restore_backup(shop, in_place(backup.id), job)

    assert look() == before
    assert databases() == [shop.target.dbname]
    assert (report.mode, report.previous_database) == ("in_place", None)
    with shop.session() as session:
        assert session.value("select lo_get(oid) from pg_largeobject_metadata") == b"\0\1\2\3"
        assert session.value("select n from public.sums") == 500
        assert session.value("select count(*) from pg_default_acl") == 0
        assert session.value("select count(*) from pg_event_trigger") == 0
        assert session.value("select count(*) from pg_cast where oid >= 16384") == 0
        assert session.value("insert into public.customers (name) values ('x') returning id") == 501
    assert report.safety_backup_id == list_backups(shop)[0].id
