"""Event triggers answer to people: what they do must not become part of a restore."""

import pytest

from vado.backups import RestoreRequest, restore_backup, take_backup, undo_restore

TRIGGERS = b"""
create table public.said (tag text);
create function public.log() returns event_trigger language plpgsql as
    'begin insert into public.said values (tg_tag); end';
create function public.no() returns event_trigger language plpgsql as
    'begin raise exception $x$no drops here$x$; end';
create event trigger log on ddl_command_end execute function public.log();
create event trigger no on sql_drop execute function public.no();
"""


@pytest.mark.fault
def test_event_triggers_have_no_say_in_a_restore(shop, new_job, look):
    with shop.session() as session:
        session.run_script(TRIGGERS)
    backup = take_backup(shop, new_job())
    before = look()

    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())
    assert look() == before
    undo_restore(shop, report.previous_database, "shop", new_job())
    restore_backup(shop, RestoreRequest(backup.id, "shop", mode="in_place"), new_job())

    assert look() == before
