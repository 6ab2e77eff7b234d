"""Backups in a bucket: a real S3 server behind a network that can be cut."""

import hashlib
import itertools
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.bucket import Network, client_of, network, s3_server

from vado.backups import (
    delete_backup,
    get_backup,
    list_backups,
    make_identity,
    opened_backup,
    prove_backup,
    store_problem,
    take_backup,
    update_backup,
    verify_backup,
)
from vado.backups.stores import LocalStore, Store, bucket, outage, store_of, wire
from vado.backups.stores.s3 import _looks
from vado.environments import Environment
from vado.errors import BackupDamaged, BackupError, BackupLocked, Cancelled, StoreUnavailable
from vado.preview import made_by_dump
from vado.settings import BackupSettings, S3Settings

_SECRET = "canary-of-the-secret-access-key"  # noqa: S105 (made up)
_numbers = itertools.count(1)
_MIB = 2**20


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3")) as address:
        yield address


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", _SECRET)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setattr(wire, "_PATIENT_READ_S", 2)
    monkeypatch.setattr(wire, "_QUICK_READ_S", 1)
    monkeypatch.setattr(wire, "PATIENT_TRIES", 2)
    monkeypatch.setattr(outage, "PATIENCE_S", 0)
    monkeypatch.setattr(outage, "_FIRST_PAUSE_S", 0.1)
    wire.client_of.cache_clear()


@pytest.fixture
def net(server: str) -> Iterator[Network]:
    with network(server) as made:
        yield made


@pytest.fixture
def s3(server: str) -> Any:
    return client_of(server)


@pytest.fixture
def settings(net: Network, s3: Any) -> BackupSettings:
    name = f"backups-{next(_numbers)}"
    s3.create_bucket(Bucket=name)
    return BackupSettings(s3=S3Settings(name, "team/db", net.address, None))


@pytest.fixture
def environment(environment: Environment, settings: BackupSettings) -> Environment:
    return replace(environment, backups=settings)


@pytest.fixture
def elsewhere(environment: Environment, tmp_path: Path) -> Environment:
    """The same environment on another machine."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    return replace(environment, state_folder=folder)


@pytest.fixture
def objects(s3: Any, settings: BackupSettings) -> Callable[[], list[str]]:
    def named() -> list[str]:
        found = s3.list_objects_v2(Bucket=settings.s3 and settings.s3.bucket)
        return [item["Key"].rpartition("/")[2] for item in found.get("Contents", ())]

    return named


@pytest.fixture
def begun(s3: Any, settings: BackupSettings) -> Callable[[], list[Any]]:
    """The uploads that were neither ended nor taken back."""

    def listed() -> list[Any]:
        found = s3.list_multipart_uploads(Bucket=settings.s3 and settings.s3.bucket)
        return list(found.get("Uploads", ()))

    return listed


def _without_local(environment: Environment) -> Environment:
    return replace(environment, backups=replace(environment.backups, keep_local=False))


def _forget_look() -> None:
    _looks.clear()


def test_a_backup_is_in_the_bucket_with_its_manifest(shop, new_job, objects, reports):
    backup = take_backup(shop, new_job())

    assert (backup.state, backup.store, backup.available) == ("verified", "s3", True)
    assert objects() == [f"{backup.id}.dump", f"{backup.id}.json"]
    assert "upload" in [step["code"] for step in reports.steps]
    assert store_of(shop).file(backup.id).is_file()


def test_another_machine_lists_proves_labels_and_deletes_it(shop, new_job, elsewhere, objects):
    backup = take_backup(shop, new_job())

    [seen] = list_backups(elsewhere)
    assert (seen.id, seen.state, seen.available) == (backup.id, "verified", True)
    assert prove_backup(elsewhere, backup.id, new_job()).state == "proven"
    update_backup(elsewhere, backup.id, label="seen from afar")
    _forget_look()
    assert (get_backup(shop, backup.id).label, get_backup(shop, backup.id).state) == (
        "seen from afar",
        "proven",
    )
    delete_backup(elsewhere, backup.id, backup.id)
    assert objects() == []
    assert list_backups(elsewhere) == []


def test_without_keep_local_only_the_bucket_has_the_file(shop, new_job, objects):
    lean = _without_local(shop)
    backup = take_backup(lean, new_job())
    store = store_of(lean)

    assert not store.file(backup.id).exists()
    assert verify_backup(lean, backup.id, new_job()).state == "verified"
    assert prove_backup(lean, backup.id, new_job()).state == "proven"
    assert not list(store.folder.glob("*.dump*"))
    assert objects() == [f"{backup.id}.dump", f"{backup.id}.json"]


def test_what_was_changed_in_the_bucket_is_noticed(shop, new_job, s3, settings):
    lean = _without_local(shop)
    backup = take_backup(lean, new_job())
    [key] = [
        item["Key"]
        for item in s3.list_objects_v2(Bucket=settings.s3.bucket)["Contents"]
        if item["Key"].endswith(".dump")
    ]
    s3.put_object(Bucket=settings.s3.bucket, Key=key, Body=b"x" * (backup.size_bytes or 0))

    with pytest.raises(BackupDamaged):
        verify_backup(lean, backup.id, new_job())

    assert get_backup(lean, backup.id).state == "failed"


@pytest.fixture
def place(settings: BackupSettings) -> bucket.Bucket:
    assert settings.s3 is not None
    return bucket.Bucket(settings.s3, "team/db")


@pytest.fixture
def big(place: bucket.Bucket, tmp_path: Path) -> tuple[bucket.Bucket, Path, str]:
    """The bucket, a file of several parts, and its SHA-256."""
    path = tmp_path / "big.dump"
    block = os.urandom(_MIB)
    path.write_bytes(b"".join(block[n:] + block[:n] for n in range(24)))
    return place, path, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "PART_BYTES", 5 * _MIB)


@pytest.mark.usefixtures("small_parts")
def test_an_upload_that_is_cut_goes_on_with_the_part_at_hand(big, net, job, tmp_path):
    place, path, sha256 = big
    net.cut_sent_at = net.sent + 12 * _MIB

    place.upload(path, "big.dump", sha256, job)

    assert net.cuts == 1
    assert net.sent < 32 * _MIB
    place.download("big.dump", tmp_path / "back", job)
    assert (tmp_path / "back").read_bytes() == path.read_bytes()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", 60)


@pytest.mark.usefixtures("small_parts", "patient")
def test_an_upload_waits_for_a_network_that_is_away_and_sends_nothing_twice(
    big, net, job, reports, in_thread, wait_until
):
    place, path, sha256 = big
    result = in_thread(lambda: place.upload(path, "big.dump", sha256, job))
    wait_until(lambda: net.sent > 6 * _MIB)
    net.gone = True
    wait_until(lambda: any("tried again" in line for line in reports.lines))

    net.gone = False
    result()

    assert net.sent < 32 * _MIB


@pytest.mark.usefixtures("small_parts")
def test_an_upload_whose_last_answer_is_lost_is_found_out_about(big, net, job, monkeypatch):
    place, path, sha256 = big
    send = type(place)._send

    def sent(self, part, name, begun, number, digest):
        tag = send(self, part, name, begun, number, digest)
        if number * 5 * _MIB >= path.stat().st_size:
            net.cut_got_at = net.got + 1
        return tag

    monkeypatch.setattr(type(place), "_send", sent)

    place.upload(path, "big.dump", sha256, job)

    assert net.cuts == 1


def test_a_download_that_is_cut_goes_on_where_it_was(big, net, job, tmp_path):
    place, path, sha256 = big
    place.upload(path, "big.dump", sha256, job)
    before = net.got
    net.cut_got_at = net.got + 12 * _MIB

    place.download("big.dump", tmp_path / "back", job)

    assert net.cuts == 1
    assert net.got - before < 30 * _MIB
    assert (tmp_path / "back").read_bytes() == path.read_bytes()


def test_a_download_that_was_begun_before_is_continued(big, net, job, tmp_path):
    place, path, sha256 = big
    place.upload(path, "big.dump", sha256, job)
    part = tmp_path / "back"
    part.write_bytes(path.read_bytes()[: 20 * _MIB])
    before = net.got

    place.download("big.dump", part, job)

    assert net.got - before < 5 * _MIB
    assert part.read_bytes() == path.read_bytes()


def test_a_busy_storage_is_asked_again(shop, net, new_job):
    net.answers = [(503, "SlowDown")] * 2

    assert take_backup(shop, new_job()).state == "verified"


@pytest.mark.usefixtures("small_parts")
def test_what_was_begun_of_a_failed_upload_is_taken_away(big, job, begun):
    place, path, _ = big

    with pytest.raises(Exception, match="changed while it was uploaded"):
        place.upload(path, "big.dump", "0" * 64, job)

    assert begun() == []


@pytest.mark.usefixtures("small_parts")
def test_a_cancelled_upload_leaves_nothing(big, net, job, begun, in_thread, wait_until):
    place, path, sha256 = big
    result = in_thread(lambda: place.upload(path, "big.dump", sha256, job))
    wait_until(lambda: net.sent > 6 * _MIB)

    job.cancel()

    with pytest.raises(Cancelled):
        result()
    assert begun() == []


def test_a_backup_that_does_not_reach_the_bucket_is_none(shop, net, new_job, objects):
    taken = []

    def cut(self: bucket.Bucket, path: Path, name: str, *_: object) -> None:
        net.gone = True
        taken.append(name)
        real(self, path, name, *_)  # type: ignore[arg-type]  # as it was called

    real = bucket.Bucket.upload
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bucket.Bucket, "upload", cut)
        with pytest.raises(StoreUnavailable, match="the connection was cut"):
            take_backup(shop, new_job())
    [left] = list_backups(shop)

    assert (left.state, left.available) == ("failed", False)
    assert not list(store_of(shop).folder.glob("*.dump*"))
    assert list(store_of(shop).folder.glob("*.sending")) != []

    net.gone = False
    _forget_look()
    list_backups(shop)
    assert list(store_of(shop).folder.glob("*.sending")) == []
    assert objects() == []


def test_a_bucket_that_does_not_answer_hangs_no_list(shop, net, new_job):
    backup = take_backup(shop, new_job())
    net.silent = True
    _forget_look()

    began = time.monotonic()
    listed = list_backups(shop)
    again = list_backups(shop)

    assert time.monotonic() - began < 15
    assert [item.id for item in listed] == [item.id for item in again] == [backup.id]
    problem = store_problem(shop)
    assert problem is not None
    assert "does not answer" in problem.message


def test_a_bucket_that_is_away_has_not_lost_a_backup(shop, net, new_job):
    backup = take_backup(_without_local(shop), new_job())
    net.gone = True
    _forget_look()

    [listed] = list_backups(shop)

    assert (listed.id, listed.state, listed.available) == (backup.id, "verified", True)
    with pytest.raises(StoreUnavailable):
        verify_backup(shop, backup.id, new_job())


def test_a_disk_that_fills_while_it_is_fetched_is_said_and_left_empty(shop, new_job, monkeypatch):
    alone = _without_local(shop)
    backup = take_backup(alone, new_job())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(BackupError, match="File too large"):
            verify_backup(alone, backup.id, new_job())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    assert not list(store_of(alone).folder.glob("*.fetched"))

    with monkeypatch.context() as patch:
        patch.setattr(LocalStore, "free_bytes", lambda _: 0)
        with pytest.raises(BackupError) as caught:
            verify_backup(alone, backup.id, new_job())
    assert caught.value.details["reason"] == "no_room"
    assert verify_backup(alone, backup.id, new_job()).state == "verified"


def test_strangers_manifests_in_the_bucket_hide_no_other(shop, s3, settings, new_job):
    backup = take_backup(shop, new_job())
    key = f"{store_of(shop).bucket.prefix}/{{}}.json"  # type: ignore[attr-defined]  # it is an S3Store
    there = {"Bucket": settings.s3.bucket}
    text = json.loads(s3.get_object(**there, Key=key.format(backup.id))["Body"].read())
    for number, change in enumerate(({"id": "../../../x"}, {"created_at": "z"}, {"tables": [1]})):
        strange = f"bk_20200101000000_0000000{number}"
        body = json.dumps(text | {"id": strange} | change).encode()
        s3.put_object(**there, Key=key.format(strange), Body=body)
    _forget_look()

    assert [item.id for item in list_backups(shop)] == [backup.id]


def test_what_a_writer_that_died_sent_is_removed(shop, s3, settings, objects, begun):
    store: Store = store_of(shop)
    list_backups(shop)
    prefix = store.bucket.prefix  # type: ignore[attr-defined]  # it is an S3Store
    dead = "bk_20261122100000_0123abcd"
    (store.folder / f"{dead}.sending").touch()
    key = f"{prefix}/{dead}.dump"
    s3.put_object(Bucket=settings.s3.bucket, Key=key, Body=b"half")
    s3.create_multipart_upload(Bucket=settings.s3.bucket, Key=key)
    _forget_look()

    assert list_backups(shop) == []
    assert objects() == []
    assert begun() == []


def test_with_a_key_that_may_only_read_what_is_there_is_listed(shop, new_job, monkeypatch):
    backup = take_backup(shop, new_job())

    def denied(*_):
        raise StoreUnavailable("no", details={"reason": "no_access"})

    monkeypatch.setattr(bucket.Bucket, "delete", denied)
    (store_of(shop).folder / "bk_20261122100000_0123abcd.sending").touch()
    _forget_look()

    assert [item.id for item in list_backups(shop)] == [backup.id]
    assert store_problem(shop) is None


def test_what_ends_well_while_others_look_is_kept(shop, new_job, objects, monkeypatch):
    backup = take_backup(shop, new_job())
    store = store_of(shop)
    seen_before = store.folder / f"{backup.id}.sending"
    monkeypatch.setattr(Path, "glob", lambda *_: iter([seen_before]))

    store.sweep()

    assert objects() == [f"{backup.id}.dump", f"{backup.id}.json"]


def test_without_the_bucket_nothing_is_deleted(shop, net, new_job, objects):
    backup = take_backup(shop, new_job())
    net.gone = True
    _forget_look()

    with pytest.raises(StoreUnavailable):
        delete_backup(shop, backup.id, backup.id)
    net.gone = False

    assert [item.id for item in list_backups(shop)] == [backup.id]
    assert store_of(shop).file(backup.id).is_file()
    assert objects() == [f"{backup.id}.dump", f"{backup.id}.json"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((404, "NoSuchBucket"), "no such bucket"),
        ((403, "AccessDenied"), "may not do that"),
        ((403, "InvalidAccessKeyId"), "not known there"),
        ((403, "SignatureDoesNotMatch"), "secret access key is wrong"),
        ((403, "RequestTimeTooSkewed"), "clock of this machine"),
        ((400, "AuthorizationHeaderMalformed"), "another region"),
        ((400, "ExpiredToken"), "session token has expired"),
        ((418, "Teapot"), "it answers Teapot"),
    ],
)
def test_what_the_storage_refuses_is_said_with_what_to_do(place, net, answer, told):
    net.always = answer

    with pytest.raises(StoreUnavailable, match=told) as caught:
        place.list()

    text = json.dumps(caught.value.to_json())
    assert net.address.rpartition("/")[2] in text
    assert "backups-" in text
    assert caught.value.hint
    assert not any(word in text for word in (_SECRET, "somebody", "canary"))


def test_without_an_access_key_it_says_where_to_put_one(place, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    wire.client_of.cache_clear()

    with pytest.raises(StoreUnavailable, match="no access key") as caught:
        place.list()

    assert "AWS_PROFILE" in (caught.value.hint or "")


def test_an_address_where_nobody_listens_is_said(environment, new_job, settings):
    nobody = replace(settings, s3=replace(settings.s3, endpoint="http://me:canary@127.0.0.1:9"))

    with pytest.raises(StoreUnavailable, match="cannot be reached") as caught:
        take_backup(replace(environment, backups=nobody), new_job())

    assert "127.0.0.1:9" in caught.value.message
    assert "canary" not in caught.value.message


_GROWTH = """
import hashlib, resource, sys
from pathlib import Path
from vado.backups.stores.bucket import Bucket
from vado.operations import Job
from vado.settings import S3Settings

class Silent:
    def progressed(self, *_): pass
    def logged(self, *_): pass

address, name, small, big, back = sys.argv[1:]
place, job = Bucket(S3Settings(name, "", address, None), "x"), Job("op_1", Silent())

def both(path):
    digest = hashlib.file_digest(open(path, "rb"), "sha256").hexdigest()
    place.upload(Path(path), "big", digest, job)
    Path(back).unlink(missing_ok=True)
    place.download("big", Path(back), job)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

first = both(small)
print(both(big) - first)
"""


def test_memory_does_not_grow_with_the_backup(server, settings, tmp_path):
    for name, size in (("small", _MIB), ("big", 96 * _MIB)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)

    found = subprocess.run(
        [
            sys.executable,
            "-c",
            _GROWTH,
            server,
            settings.s3.bucket,
            *(str(tmp_path / name) for name in ("small", "big", "back")),
        ],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(found.stdout) < 12 * 1024  # KB, for 96 MB there and back


def test_what_is_encrypted_and_only_in_the_bucket_can_be_used(shop, new_job, tmp_path, objects):
    key = make_identity(tmp_path / "key")
    settings = replace(
        shop.backups, keep_local=False, encrypt_to=(key,), identity_file=tmp_path / "key"
    )
    both = replace(shop, backups=settings)
    backup = take_backup(both, new_job())

    assert objects() == [f"{backup.id}.dump.age", f"{backup.id}.json"]
    assert prove_backup(both, backup.id, new_job()).state == "proven"
    with shop.session() as session:
        version = session.server_version
    with opened_backup(both, backup.id, new_job()) as archive:
        side = made_by_dump(archive, shop.target, version, new_job())
    assert "public.orders" in {item.identity for item in side.catalogue.objects}
    no_key = replace(both, backups=replace(settings, identity_file=None))
    with pytest.raises(BackupLocked):
        prove_backup(no_key, backup.id, new_job())
    assert not list(store_of(both).folder.glob("*.dump*"))
