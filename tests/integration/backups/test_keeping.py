"""Facts about keeping backups: what asks before it goes, what is found again, what is let in."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from vado.backups import (
    BackupFilter,
    BackupRequest,
    adopt_backups,
    apply_retention,
    backup_file,
    delete_backup,
    filter_backups,
    get_backup,
    import_dump,
    latest_backup,
    list_backups,
    plan_retention,
    prove_backup,
    restored_beside,
    store_problem,
    take_backup,
    update_backup,
)
from vado.backups.use import in_use, is_in_use
from vado.database import connect, tools_for
from vado.errors import BackupDamaged, ConfirmationRequired, NotFound, Refused
from vado.operations import State, verify_audit
from vado.settings import BackupSettings, Retention


def keeping(environment, **rules):
    return replace(environment, backups=BackupSettings(retention=Retention(**rules)))


@pytest.fixture
def two(shop, new_job, store):
    """The newer and the older of two backups; the newer is a copy of it."""
    older = take_backup(shop, new_job(), BackupRequest("before the sale"))
    newer = replace(
        store.read(older.id),
        id=f"{older.id[:-8]}ffffffff",
        label=None,
        created_at=older.finished_at,
    )
    shutil.copy(store.file(older.id), store.file(newer.id))
    store.write(newer)
    return get_backup(shop, newer.id), older


def test_one_of_several_is_deleted_without_a_word(shop, two):
    newer, older = two

    delete_backup(shop, older.id)

    assert [item.id for item in list_backups(shop)] == [newer.id]
    with shop.session() as session:
        assert session.value("select state from vado_control.backup") == "deleted"


def test_the_only_proven_and_what_is_pinned_ask_for_the_id(shop, two, store):
    newer, older = two
    store.write(replace(store.read(older.id), state="proven"))
    update_backup(shop, newer.id, pinned=True)

    for backup, why in ((older, "only_proven"), (newer, "pinned")):
        with pytest.raises(ConfirmationRequired) as caught:
            delete_backup(shop, backup.id)
        assert caught.value.details == {"word": backup.id, "reason": why}

    delete_backup(shop, older.id, older.id)
    assert [item.id for item in list_backups(shop)] == [newer.id]


def test_a_deletion_that_was_cut_short_is_shown_and_asked_for_again(shop, two, store):
    _, older = two
    store.write(replace(store.read(older.id), state="deleting"))
    store.file(older.id).unlink()

    assert get_backup(shop, older.id).state == "deleting"
    delete_backup(shop, older.id)

    with pytest.raises(NotFound):
        get_backup(shop, older.id)


def test_a_missing_file_is_shown_and_nothing_is_written_down_for_it(shop, two, store, tmp_path):
    newer, older = two
    moved = shutil.move(store.file(newer.id), tmp_path / "away")

    assert [(b.state, b.available) for b in list_backups(shop)] == [
        ("missing", False),
        ("verified", True),
    ]
    assert latest_backup(shop).id == older.id
    shutil.move(moved, store.file(newer.id))

    assert get_backup(shop, newer.id).state == "verified"


def test_backups_are_found_by_what_is_known_of_them(shop, two):
    newer, older = two
    update_backup(shop, newer.id, pinned=True)

    def found(**wanted):
        return [item.id for item in filter_backups(list_backups(shop), BackupFilter(**wanted))]

    assert found() == [newer.id, older.id]
    assert found(search="SALE") == [older.id]
    assert found(pinned=True) == [newer.id]
    assert found(state="verified", reason="manual", kind="dump") == [newer.id, older.id]
    assert found(reason="scheduled") == []


def test_rules_are_shown_before_they_delete(shop, two):
    newer, older = two
    kept = keeping(shop, daily=1)

    plan = plan_retention(kept)

    assert [item.id for item in plan.delete] == [older.id]
    assert len(list_backups(shop)) == 2
    assert json.loads(json.dumps(plan.to_json()))["bytes_after"] == newer.size_bytes
    assert apply_retention(kept, [older.id]) == (older.id,)
    assert [item.id for item in list_backups(shop)] == [newer.id]


def test_a_plan_that_is_no_longer_true_deletes_nothing(shop, two):
    newer, older = two
    kept = keeping(shop, daily=1)
    update_backup(shop, older.id, pinned=True)

    with pytest.raises(Refused, match="any more"):
        apply_retention(kept, [older.id])
    with pytest.raises(Refused, match="any more"):
        apply_retention(kept, [newer.id])

    assert len(list_backups(shop)) == 2


def test_what_is_being_read_is_not_deleted(shop, two, store):
    _, older = two
    with in_use(store.folder, older.id):
        with pytest.raises(Refused, match="is being read"):
            delete_backup(shop, older.id)
        assert plan_retention(keeping(shop, daily=1)).delete == ()

    (store.folder / f"{older.id}.dead.use").touch()  # its reader was killed
    assert not is_in_use(store.folder, older.id)
    assert not list(store.folder.glob("*.use"))


def test_after_a_backup_the_rules_are_carried_out_where_that_is_asked_for(shop, two, new_job):
    newest = take_backup(keeping(shop, daily=1, prune=True), new_job())

    assert [item.id for item in list_backups(shop)] == [newest.id]
    state = State(shop.state_folder)
    entries = state.rows("whole_audit")
    assert [(e["action"], e["outcome"]) for e in entries] == [
        ("retention", "intent"),
        ("retention", "succeeded"),
    ]
    for entry in entries:
        assert set(json.loads(entry["details"])["ids"]) == {item.id for item in two}
    assert verify_audit(state).intact
    state.close()


@pytest.mark.usefixtures("two")
def test_a_safety_backup_deletes_nothing(shop, new_job):
    kept = keeping(shop, daily=1, prune=True)

    take_backup(kept, new_job(), BackupRequest(reason="before_restore"))

    assert len(list_backups(shop)) == 3


def test_a_lost_record_is_found_in_the_database(shop, backup, store):
    (store.folder / f"{backup.id}.json").unlink()
    assert list_backups(shop) == []

    report = adopt_backups(shop)

    assert [item.id for item in report.adopted] == [backup.id]
    assert list_backups(shop) == [backup]


def test_files_from_another_machine_are_adopted_by_their_manifest(shop, backup, store):
    above = store.folder.parent
    for path in list(store.folder.glob(f"{backup.id}.*")):
        shutil.move(path, above / path.name)

    report = adopt_backups(shop)

    assert [item.id for item in report.adopted] == [backup.id]
    assert report.refused == ()
    assert get_backup(shop, backup.id) == backup
    assert adopt_backups(shop).to_json() == {"adopted": [], "refused": []}


def test_what_its_manifest_does_not_tell_of_is_refused(shop, backup, new_job, store):
    other = take_backup(shop, new_job())
    above = store.folder.parent
    shutil.copy(store.file(other.id), above / "bk_20260101000000_00000000.dump")
    for path in list(store.folder.glob(f"{backup.id}.*")):
        shutil.move(path, above / path.name)
    with (above / f"{backup.id}.dump").open("ab") as file:
        file.write(b"x")

    report = adopt_backups(shop)

    assert report.adopted == ()
    assert [item["file"] for item in report.refused] == [
        "bk_20260101000000_00000000.dump",
        f"{backup.id}.dump",
    ]
    assert "no manifest" in report.refused[0]["reason"]
    assert "SHA-256" in report.refused[1]["reason"]
    said = [item["problem"] for item in report.refused]
    assert [problem["details"]["reason"] for problem in said] == ["no_manifest", "other_bytes"]


def test_a_manifest_that_was_spoilt_is_named_and_found_in_the_database(shop, backup, store):
    (store.folder / f"{backup.id}.json").write_bytes(b"\xff{")
    assert list_backups(shop) == []
    assert backup.id in store_problem(shop).message

    assert [item.id for item in adopt_backups(shop).adopted] == [backup.id]
    assert list_backups(shop) == [backup]
    assert store_problem(shop) is None


def test_a_strangers_manifests_are_refused_or_tidied_and_spoil_no_list(shop, backup, store):
    told = json.loads((store.folder / f"{backup.id}.json").read_text())
    changes = (
        ({"label": "\x1b[31mx\n" * 500}, None),
        ({"created_at": "zzz"}, "manifest_unreadable"),
        ({"id": "../../../x"}, "manifest_unreadable"),
        ({"kind": "neon_branch"}, "of_another_file"),
        ({"encrypted": True}, "of_another_file"),
        ({"format": 2}, "manifest_format"),
    )
    for number, (change, _) in enumerate(changes):
        strange = f"bk_20200101000000_0000000{number}"
        shutil.copy(store.file(backup.id), store.folder.parent / f"{strange}.dump")
        text = json.dumps(told | {"id": strange} | change)
        (store.folder.parent / f"{strange}.json").write_text(text)

    report = adopt_backups(shop)

    reasons = [item["problem"]["details"]["reason"] for item in report.refused]
    assert reasons == [reason for _, reason in changes if reason]
    [tidied] = report.adopted
    assert tidied.label == ("[31mx " * 34)[:200].strip()
    assert [item.id for item in list_backups(shop)] == [backup.id, tidied.id]


def test_a_backup_of_another_database_is_adopted_into_quarantine(shop, backup, store):
    path = store.folder / f"{backup.id}.json"
    manifest = store.read(backup.id)
    path.write_text(replace(manifest, database="other", identity="0" * 16).to_text())
    for each in list(store.folder.glob(f"{backup.id}.*")):
        shutil.move(each, store.folder.parent / each.name)

    [adopted] = adopt_backups(shop).adopted

    assert adopted.quarantined


@pytest.fixture
def foreign(shop, tmp_path):
    """A dump that somebody made with pg_dump."""

    def made(*options: str):
        path = tmp_path / "theirs.dump"
        with shop.session() as session:
            version = session.server_version
        program = tools_for(version, tls=False).pg_dump
        target = shop.target
        subprocess.run(
            [program, *options, "--exclude-schema=vado*", f"--file={path}"],
            env=target.environment(),
            check=True,
        )
        return path

    return made


def test_a_foreign_dump_is_read_and_kept_in_quarantine(shop, foreign, job):
    backup = import_dump(shop, foreign("--format=custom"), job)

    assert (backup.state, backup.reason, backup.quarantined, backup.label) == (
        "verified",
        "imported",
        True,
        "theirs.dump",
    )
    assert (backup.database, backup.tables, backup.rows) == (shop.target.dbname, 3, 707)
    assert backup.fingerprint is None
    with pytest.raises(NotFound):
        latest_backup(shop)


def test_no_sql_of_a_foreign_dump_is_run_on_the_users_server(shop, foreign, new_job):
    backup = import_dump(shop, foreign("--format=custom"), new_job())

    with (
        pytest.raises(Refused, match="none of its SQL"),
        restored_beside(shop, backup.id, new_job()),
    ):
        pass
    with pytest.raises(Refused, match="none of its SQL"):
        backup_file(shop, backup.id)


def test_a_foreign_dump_is_proven_on_vados_own_server_by_a_role_without_rights(
    shop, foreign, new_job, databases, rehearsal_server
):
    before = databases()
    backup = import_dump(shop, foreign("--format=custom"), new_job())

    assert prove_backup(shop, backup.id, new_job()).state == "proven"

    assert databases() == before
    with connect(rehearsal_server.target()) as session:
        left = session.rows(
            "select datname as name from pg_database where datname like 'vado_quarantine%%'"
            " union all select rolname from pg_roles where rolname like 'vado_quarantine%%'"
        )
    assert left == []


@pytest.mark.parametrize("options", [("--format=plain",), ("--format=tar",)])
def test_only_the_custom_format_is_let_in(shop, foreign, job, options):
    with pytest.raises(Refused, match="custom format"):
        import_dump(shop, foreign(*options), job)

    assert list_backups(shop) == []


def test_a_folder_a_pipe_and_what_cannot_be_read_are_no_dump(shop, job, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reasons = {
        tmp_path: "no_file",
        tmp_path / "pipe": "no_file",
        tmp_path / "none": "dump_unreadable",
        Path("/proc/self/mem"): "dump_unreadable",
    }
    for path, reason in reasons.items():
        with pytest.raises(Refused) as caught:
            import_dump(shop, path, job)
        assert caught.value.details["reason"] == reason


def test_a_foreign_dump_that_is_cut_off_is_not_kept(shop, foreign, store, job):
    path = foreign("--format=custom")
    path.write_bytes(path.read_bytes()[:-300])

    with pytest.raises(BackupDamaged):
        import_dump(shop, path, job)

    assert [item.state for item in list_backups(shop)] == ["failed"]
    assert not list(store.folder.glob("*.dump*"))


def test_a_foreign_dump_that_unpacks_without_end_is_not_kept(
    shop, foreign, job, monkeypatch, store
):
    with shop.session() as session:
        session.run("create table public.bomb as select repeat('x', 4000000) as filler")
    monkeypatch.setattr("vado.backups.verify._LEAST_CAP_BYTES", 1_000_000)
    monkeypatch.setattr("vado.backups.verify._MOST_RATIO", 10)

    with pytest.raises(BackupDamaged, match="times its size"):
        import_dump(shop, foreign("--format=custom"), job)

    assert not list(store.folder.glob("*.dump*"))
