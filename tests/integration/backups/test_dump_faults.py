"""No acknowledged backup is unreadable: disks that are full, files that rot, tools that die."""

import hashlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vado.backups import list_backups, prove_backup, take_backup, verify_backup
from vado.backups.encryption import Archive
from vado.backups.verify import decode
from vado.database import ClientTools, connect
from vado.database.tools import find_tools
from vado.errors import (
    BackupDamaged,
    BackupError,
    ServerNewerThanTools,
    ToolFailed,
    VadoError,
)

_ROUNDS = int(os.environ.get("VADO_CASES", "40"))


@pytest.fixture
def noisy(shop):
    """About 9 MB that do not compress."""
    with shop.session() as session:
        session.run(
            "create table public.noise as"
            " select n, string_agg(md5(n::text || m::text), '') as noise"
            " from generate_series(1, 4500) n, generate_series(1, 60) m group by n"
        )
    return shop


@pytest.fixture
def small_disk(store) -> Iterator[Path]:
    """The folder of the backups on a disk of 2 MB."""
    store.free_bytes()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", store.folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield store.folder
    subprocess.run(["umount", store.folder], check=True)


def test_a_full_disk_leaves_a_failed_record_and_no_file(
    noisy, small_disk, new_job, store, monkeypatch
):
    with pytest.raises(BackupError, match="are free"):
        take_backup(noisy, new_job())
    assert not list(small_disk.glob("bk_*"))

    # What was looked at before the backup is not what is there during it.
    monkeypatch.setattr("vado.backups.dump.check_space", lambda *_: None)
    with pytest.raises(ToolFailed, match="No space left on device"):
        take_backup(noisy, new_job())

    [left] = store.read_all()
    assert left.state == "failed"
    assert [path.suffix for path in small_disk.glob("bk_*")] == [".json"]


def test_a_backup_that_grew_with_its_database_is_expected_to_be_larger(shop, new_job, store):
    first = take_backup(shop, new_job())
    manifest = store.read(first.id)
    store.write(replace(manifest, database_bytes=manifest.database_bytes // 1000, size_bytes=2**60))

    with pytest.raises(BackupError, match="are free") as caught:
        take_backup(shop, new_job())

    assert caught.value.details["needed_bytes"] > 2**60


def test_where_room_may_not_do_that_is_said_and_the_backup_is_taken(
    shop, job, reports, monkeypatch
):
    monkeypatch.setattr("vado.backups.space._LEAST_PART", 2**40)
    monkeypatch.setattr(
        "vado.backups.stores.local.LocalStore.free_bytes", lambda _: 64 * 2**20 + 2**20
    )

    assert take_backup(shop, job).state == "verified"

    assert any("may need up to" in line for line in reports.lines)


def test_a_server_newer_than_all_tools_is_refused_before_anything(shop, job, store, monkeypatch):
    old = [replace(tools, version=(13, 4)) for tools in find_tools()[:1]]
    assert isinstance(old[0], ClientTools)
    monkeypatch.setattr("vado.database.tools.find_tools", lambda: old)

    with pytest.raises(ServerNewerThanTools, match="the newest client tools here are 13"):
        take_backup(shop, job)

    assert not list(store.folder.glob("bk_*"))


def test_any_flipped_bit_and_any_cut_is_found_before_the_file_is_used(
    shop, backup, store, new_job, tmp_path
):
    content, manifest = store.file(backup.id).read_bytes(), store.read(backup.id)
    chance, path = random.Random(5), store.file(backup.id)  # noqa: S311 (the same every time)
    for number in range(min(_ROUNDS, 150)):
        bad = bytearray(content)
        place = chance.randrange(len(bad))
        if number % 4:
            bad[place] ^= 1 << chance.randrange(8)
        else:
            del bad[place:]
        path.write_bytes(bad)
        with pytest.raises(BackupDamaged):
            verify_backup(shop, backup.id, new_job())
        if number in {0, 4, 8}:  # a cut also by the decoding alone
            cut = tmp_path / "cut"
            cut.write_bytes(bad)
            with pytest.raises(BackupDamaged):
                decode(Archive((cut,), None), manifest, new_job())
    path.write_bytes(content)

    assert verify_backup(shop, backup.id, new_job()).sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.fault
@pytest.mark.parametrize(
    "rounds",
    [2, pytest.param(30, marks=pytest.mark.campaign)],
)
def test_tools_killed_at_any_moment_leave_no_backup_that_is_none(
    noisy, new_job, store, in_thread, rounds
):
    chance = random.Random(rounds)  # noqa: S311 (the same every time)
    for _ in range(rounds):
        taking = in_thread(lambda: take_backup(noisy, new_job()))
        time.sleep(chance.random() * 0.6)
        for pid in _tools_on(store.folder):
            os.kill(pid, signal.SIGKILL)
        try:
            taking()
        except VadoError as error:
            assert isinstance(error, ToolFailed)  # noqa: PT017 (or it was too late to be killed)

    for backup in list_backups(noisy):
        # Whole, but not read back, is one whose reading was killed: that says nothing about it.
        assert backup.state in {"verified", "ready", "failed"}
        assert backup.available == (backup.state != "failed")
    usable = [backup for backup in list_backups(noisy) if backup.usable]
    for backup in usable[:1]:
        assert prove_backup(noisy, backup.id, new_job()).state == "proven"
    assert {path.suffix for path in store.folder.glob("bk_*")} <= {".json", ".dump"}
    with connect(noisy.target) as session:
        assert not session.value(
            "select count(*) from pg_stat_activity where starts_with(application_name, 'vado op_')"
        )


def _tools_on(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line and int(process.name) != os.getpid():
            found.append(int(process.name))
    return found


@pytest.mark.campaign
def test_a_database_of_five_thousand_tables_is_backed_up_and_proven(environment, new_job, reports):
    with environment.session() as session:
        for start in range(0, 5000, 500):
            session.run(
                f"do $$ begin for n in {start} .. {start + 499} loop"
                " execute format('create table t%s as select %s as n', n, n); end loop; end $$"
            )

    backup = take_backup(environment, new_job())

    assert (backup.tables, backup.rows) == (5000, 5000)
    assert prove_backup(environment, backup.id, new_job()).state == "proven"
    assert len(reports.steps) < 1000


def test_what_was_written_so_far_is_counted_from_one_start(shop, backup, new_job, store):
    before = store.read(backup.id)
    assert before.writes["public.customers"] == 500

    with shop.session() as session:
        session.run("delete from public.customers where id > 490")
        # Whoever is idle tells what it wrote within a second; the server knows it then.
        session.run("select pg_sleep(1.1)")
    after = store.read(take_backup(shop, new_job()).id)

    assert after.statistics_since == before.statistics_since
    assert after.writes["public.customers"] == 510
    with shop.session() as session:
        session.run("select pg_stat_reset()")
        session.run("select pg_sleep(1.1)")  # up to 14 the statistics are half a second old
    assert store.read(take_backup(shop, new_job()).id).statistics_since != before.statistics_since


def test_bytes_and_the_time_left_are_told(noisy, job, monkeypatch):
    told = []
    monkeypatch.setattr("vado.backups.progress._FORECAST_AFTER_S", 0.0)
    monkeypatch.setattr("vado.backups.progress._FORECAST_FROM", 0.0001)
    monkeypatch.setattr("vado.backups.progress._POLL_S", 0.02)
    monkeypatch.setattr("vado.backups.progress._STEP_INTERVAL_S", 0.0)
    monkeypatch.setattr("vado.operations.job._PROGRESS_INTERVAL_S", 0.0)
    job.listener.progressed = lambda _id, progress: told.append(progress)
    with noisy.session() as session:
        session.run("analyze")

    take_backup(noisy, job)

    dumping = [each for each in told if each["step"]["code"] == "dump" and each["done"] is not None]
    assert max(each["bytes"] for each in dumping) > 1_000_000
    assert any(each["eta_s"] for each in dumping)
    assert all(each["bytes"] is None for each in told if each["step"]["code"] == "decode")
