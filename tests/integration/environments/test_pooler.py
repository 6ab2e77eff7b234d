"""A real PgBouncer in transaction mode is found out before anything is locked or changed."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vado.application import Vado
from vado.database import EmbeddedServer, Identifier, Target, connect
from vado.environments import refuse_pooler
from vado.errors import PooledConnection
from vado.migrations import ApplyRequest, Wanted, apply_plan, preview_pending
from vado.operations import Request
from vado.settings import Overrides, load_settings

_CONFIGURATION = """
[databases]
* = host={host} port={port} user={user} password=known
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = {size}
"""


def program() -> str:
    found = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        assert os.geteuid() != 0, "there is no pgbouncer, and `make system` can install it"
        pytest.skip("PgBouncer is not installed, and this user cannot install it")
    return found


@pytest.fixture(params=[1, 3])
def pooled(
    request: pytest.FixtureRequest, cluster: EmbeddedServer, database: Target, open_folder: Path
) -> Iterator[Target]:
    """The test's database, reached through a pooler."""
    yield from behind("transaction", request.param, cluster, database, open_folder)


@pytest.fixture
def kept(cluster: EmbeddedServer, database: Target, open_folder: Path) -> Iterator[Target]:
    """The same through a pooler that gives each client a session of its own."""
    yield from behind("session", 5, cluster, database, open_folder)


def behind(
    mode: str, size: int, cluster: EmbeddedServer, database: Target, folder: Path
) -> Iterator[Target]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = free.getsockname()[1]
    configuration = folder / f"pgbouncer-{listen}.ini"
    server = cluster.target()
    # Its own user is not the one that the socket lets in without a password.
    role = Identifier(f"pooled_{listen}")
    with connect(server) as session:
        session.execute(
            "create role {role} superuser login password 'known'", identifiers={"role": role}
        )
    named = {"host": server.host, "port": server.port, "user": role.parts[0]}
    configuration.write_text(_CONFIGURATION.format(**named, listen=listen, mode=mode, size=size))
    configuration.chmod(0o644)
    # Like PostgreSQL it does not run as root.
    user = 65534 if os.geteuid() == 0 else None
    pooler = subprocess.Popen(
        [program(), "-q", configuration], user=user, group=user, stderr=subprocess.DEVNULL
    )
    try:
        target = replace(database, host="127.0.0.1", port=listen)
        _await_answer(listen)
        yield target
    finally:
        pooler.terminate()
        pooler.wait(10)
        with connect(server) as session:
            session.execute("drop role {role}", identifiers={"role": role})


def _await_answer(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline, "pgbouncer does not start"
            time.sleep(0.05)
        else:
            return


def test_a_pooler_that_shares_sessions_is_refused(pooled: Target) -> None:
    with connect(pooled) as session, pytest.raises(PooledConnection) as caught:
        refuse_pooler(pooled, session)

    assert "transaction pooler" in caught.value.message
    assert caught.value.hint


def test_a_pooler_that_keeps_sessions_apart_is_none(kept: Target) -> None:
    with connect(kept) as session:
        refuse_pooler(kept, session)


def test_an_apply_through_a_pooler_changes_and_locks_nothing(
    pooled: Target, database: Target, tmp_path: Path, isolated: Path
) -> None:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "1_a.sql").write_text("create table t (a int);")
    url = f"postgresql://{pooled.user}@{pooled.host}:{pooled.port}/{pooled.dbname}?sslmode=disable"
    vado = Vado(load_settings(Overrides(url=url, project=tmp_path, state=isolated), {}))
    environment, plans = vado.environment(), []
    preview = vado.start(
        Request("dry_run", environment.name),
        lambda job: plans.append(preview_pending(environment, Wanted(None, "text"), job)),
    )
    assert vado.jobs.wait(preview.id).state == "succeeded"
    vado.plans.add(plans[0])

    operation = vado.start(
        Request("apply", environment.name),
        lambda job: apply_plan(environment, ApplyRequest(plans[0], consent=True), vado.plans, job),
    )
    ended = vado.jobs.wait(operation.id)
    vado.close()

    assert ended.error is not None
    assert ended.error["code"] == "pooled_connection"
    with connect(database) as session:
        assert session.value("select count(*) from pg_namespace where nspname ~ '^vado'") == 0
        assert session.value("select count(*) from pg_locks where locktype = 'advisory'") == 0
