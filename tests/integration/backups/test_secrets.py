"""No secret is seen where it does not belong, whatever is done with backups and however it ends."""

import secrets
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from vado.application import (
    Schedule,
    Vado,
    adopt_backups,
    prune_backups,
    start_backup,
    start_import,
    start_prove,
    start_verify,
)
from vado.backups import BackupRequest, list_backups, plan_retention
from vado.backups.stores import store_of, wire
from vado.database import Identifier, Target, connect, tools_for
from vado.errors import VadoError
from vado.operations import Operation
from vado.settings import Overrides, load_settings

_TOML = """
[environments.local]
url_env = "LOCAL_URL"
[environments.wrong]
url_env = "WRONG_URL"
[environments.bucket]
url_env = "LOCAL_URL"
[environments.neon]
url_env = "LOCAL_URL"
[environments.neon.neon]
project = "quiet-river-12345678"
api_url = "http://127.0.0.1:1"
[environments.local.backups]
encrypt_to = ["{recipient}"]
schedule = "0 3 * * *"
keep_daily = 1
prune = true
[environments.bucket.backups]
store = "s3://nowhere/x"
s3_endpoint = "http://127.0.0.1:1"
"""


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Every secret that Vado is given in this test, by the variable that holds it."""
    wire.client_of.cache_clear()
    word = secrets.token_hex(8)
    given = {
        "LOCAL_URL": f"Xlocal{word}",
        "WRONG_URL": f"Xwrong{word}",
        "AWS_ACCESS_KEY_ID": f"XAKIA{word}",
        "AWS_SECRET_ACCESS_KEY": f"Xaws{word}",
        "AWS_SESSION_TOKEN": f"Xtoken{word}",
        "NEON_API_KEY": f"napi_X{word}",
        "VADO_BACKUP_IDENTITY": str(x25519.Identity.generate()),
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return given


@pytest.fixture
def vado(
    database: Target, words: dict[str, str], tmp_path: Path, isolated: Path, monkeypatch: Any
) -> Iterator[Vado]:
    role = f"guarded_{database.dbname}"
    with connect(database) as session:
        session.run(f"create role {role} login createdb password '{words['LOCAL_URL']}'")
        owned = {"name": Identifier(database.dbname), "role": Identifier(role)}
        session.execute("alter database {name} owner to {role}", identifiers=owned)
    at = f"/{database.dbname}?host={database.host}&port={database.port}"
    for name, where in (("LOCAL_URL", at), ("WRONG_URL", at.replace("host=", "host=/nowhere"))):
        monkeypatch.setenv(name, f"postgresql://{role}:{words[name]}@{where}")
    recipient = x25519.Identity.from_str(words["VADO_BACKUP_IDENTITY"]).to_public()
    (tmp_path / "vado.toml").write_text(_TOML.format(recipient=recipient))
    made = Vado(load_settings(Overrides(project=tmp_path, state=isolated)))
    with made.environment("local").session() as session:
        session.run("create table public.t as select n from generate_series(1, 10) as n")
    yield made
    made.close()
    with connect(database) as session:
        session.execute("alter database {name} owner to current_user", identifiers=owned)
        session.run(f"drop owned by {role}")
        session.run(f"drop role {role}")


def test_no_secret_is_seen_in_files_answers_and_processes(
    vado: Vado,
    words: dict[str, str],
    database: Target,
    isolated: Path,
    tmp_path: Path,
    seen_in_processes: Callable[..., AbstractContextManager[list[str]]],
):
    ended: list[Operation] = []

    def end(begin: Callable[..., Operation], name: str, *more: Any) -> Operation:
        operation = begin(vado, vado.environment(name), *more)
        ended.append(vado.jobs.wait(operation.id, 60))
        return ended[-1]

    with seen_in_processes(*words.values()) as seen:
        [due] = Schedule(vado).run_due()
        ended.append(vado.jobs.wait(due.id, 60))
        local = vado.environment("local")
        [backup] = list_backups(local)
        end(start_prove, "local", backup.id)
        end(start_import, "local", _theirs(database, tmp_path))
        end(start_import, "local", tmp_path / "vado.toml")
        end(start_backup, "local", BackupRequest(label="second"))
        prune_backups(vado, local, [item.id for item in plan_retention(local).delete])
        [latest, *_] = [item for item in list_backups(local) if item.label == "second"]
        file = store_of(local).file(latest.id)
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        end(start_prove, "local", latest.id)
        end(start_verify, "local", latest.id)
        (isolated / "backups" / "bk_20200101000000_00000000.dump.age").write_bytes(whole)
        adopt_backups(vado, local)
        end(start_backup, "wrong", BackupRequest())
        end(start_backup, "bucket", BackupRequest())
        end(start_backup, "neon", BackupRequest(kind="neon_snapshot"))
        with pytest.raises(VadoError) as caught:
            prune_backups(vado, local, ["bk_20200101000000_00000009"])

    assert seen == []
    states = [operation.state for operation in ended]
    assert states == [*["succeeded"] * 3, "failed", "succeeded", *["failed"] * 5]
    files = [path for path in isolated.rglob("*") if path.is_file()]
    told = [
        *map(repr, ended),
        repr(caught.value),
        repr(caught.value.details),
        repr(vado.environments()),
    ]
    told += [path.read_bytes().decode(errors="replace") for path in files]
    for name, word in words.items():
        assert not any(word in text for text in told), name


def _theirs(target: Target, folder: Path) -> Path:
    """A dump that somebody made with pg_dump."""
    path = folder / "theirs.dump"
    with connect(target) as session:
        program = tools_for(session.server_version, tls=False).pg_dump
    subprocess.run(
        [program, "-Fc", "--exclude-schema=vado*", f"--file={path}"],
        env=target.environment(),
        check=True,
    )
    return path
