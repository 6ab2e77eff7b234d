"""What happens when a process dies, a disk is full or the user has had enough."""

import os
import resource
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vado.backups import (
    RestoreRequest,
    list_backups,
    restore_backup,
    settle_restores,
    take_backup,
)
from vado.database import connect
from vado.errors import Cancelled, RestoreFailed, ToolFailed

if not Path("/proc/self").exists():
    pytest.skip("processes are found by /proc here", allow_module_level=True)


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def processes(*words: str) -> list[int]:
    """The processes in whose command line all *words* stand."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if all(word in line for word in words) and folder.name != str(os.getpid()):
            found.append(int(folder.name))
    return found


@pytest.fixture
def bulky(shop):
    """Rows that do not compress: about 12 MB of dump, a quarter of a second."""
    with shop.session() as session:
        session.run(
            "create table public.bulk as select n, string_agg(md5(n::text || m::text), '') as noise"
            " from generate_series(1, 6000) n, generate_series(1, 60) m group by n"
        )
    return shop


@pytest.mark.fault
def test_a_killed_pg_dump_leaves_a_failed_record_and_no_file(
    bulky, job, store, in_thread, wait_until
):
    taking = in_thread(lambda: take_backup(bulky, job))

    def is_half_written() -> bool:
        return any(path.stat().st_size > 100_000 for path in store.folder.glob("*.partial"))

    wait_until(is_half_written)
    [pid] = processes("pg_dump", str(store.folder))
    os.kill(pid, signal.SIGKILL)

    with pytest.raises(ToolFailed, match="SIGKILL"):
        taking()
    [left] = list_backups(bulky)
    assert (left.state, left.available, left.size_bytes) == ("failed", False, None)
    assert [path.suffix for path in store.folder.glob("bk_*")] == [".json"]


def test_a_file_that_may_not_grow_leaves_a_failed_record_with_a_message(bulky, job, store):
    with file_size_limit(1_000_000), pytest.raises(ToolFailed, match="limit"):
        take_backup(bulky, job)

    [left] = store.read_all()
    assert left.state == "failed"
    assert left.error is not None
    assert "pg_dump" in left.error["message"]
    assert not store.is_available(left.id)


def test_a_killed_vado_leaves_no_backup_that_looks_ready(environment, store, wait_until):
    """The process that takes the backup is killed while pg_dump waits for a lock."""
    target = environment.target
    with environment.session() as session:
        session.run("create table public.wanted (id int)")
    code = f"""
        from pathlib import Path
        from vado.backups import take_backup
        from vado.database import Target
        from vado.environments import Environment
        from vado.operations import Job
        class Deaf:
            def progressed(self, *_): ...
            def logged(self, *_): ...
        target = Target({target.host!r}, {target.port}, {target.dbname!r},
                        {target.user!r})
        folder = Path({str(environment.state_folder)!r})
        take_backup(Environment("shop", "production", target, folder, folder, True),
                    Job("op_killed", Deaf()))
    """
    with connect(target) as blocker, blocker.transaction():
        blocker.run("lock table public.wanted")
        vado = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)])
        wait_until(lambda: processes("pg_dump", str(store.folder)))
        assert [item.state for item in list_backups(environment)] == ["creating"]

        vado.kill()
        vado.wait()
        wait_until(lambda: not processes("pg_dump", str(store.folder)))

    [left] = list_backups(environment)
    assert (left.state, left.available) == ("failed", False)
    assert [path.suffix for path in store.folder.glob("bk_*")] == [".json"]


@pytest.fixture
def hanging(shop, picky, new_job, wait_until):
    """A backup whose restore does not end by itself, and a way to wait until it is there."""
    picky("perform pg_sleep(60)")
    backup = take_backup(shop, new_job())
    return shop, backup.id, lambda: wait_until(lambda: _is_sleeping(shop))


@pytest.mark.fault
def test_a_killed_pg_restore_leaves_the_database_as_it_was(
    hanging, new_job, in_thread, look, databases, store
):
    shop, backup_id, until_it_hangs = hanging
    before = look()
    restoring = in_thread(
        lambda: restore_backup(shop, RestoreRequest(backup_id, "shop"), new_job())
    )

    until_it_hangs()
    [pid] = processes("pg_restore", str(store.folder))
    os.kill(pid, signal.SIGKILL)

    with pytest.raises(RestoreFailed, match="is as it was"):
        restoring()
    assert look() == before
    assert databases() == [shop.target.dbname]


@pytest.mark.fault
def test_cancelling_a_restore_leaves_the_database_as_it_was(
    hanging, new_job, in_thread, look, databases
):
    shop, backup_id, until_it_hangs = hanging
    before, job = look(), new_job()
    restoring = in_thread(lambda: restore_backup(shop, RestoreRequest(backup_id, "shop"), job))

    until_it_hangs()
    began = time.monotonic()
    job.cancel()
    with pytest.raises(Cancelled, match="is as it was"):
        restoring()

    assert time.monotonic() - began < 2
    assert look() == before
    assert databases() == [shop.target.dbname]
    with shop.session() as session:
        [row] = session.rows("select state from vado_control.operation")
    assert row["state"] == "cancelled"


def test_nothing_of_a_restore_is_left_to_settle(shop, backup, new_job):
    restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())

    assert settle_restores(shop) == []
    assert processes("pg_restore", str(shop.state_folder)) == []


def _is_sleeping(environment):
    with environment.session() as session:
        return session.value("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
