"""Data folders that are copied whole while their server stands still, and servers on them."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vado.database import (
    SCRATCH_SETTINGS,
    Identifier,
    QuotedText,
    Session,
    Target,
    connect,
    launch,
    start_server,
    stop_group,
)
from vado.database.home import (
    ServerHome,
    embedded_binaries,
    open_home,
    own_folder,
    server_account,
)

OWNER = "neondb_owner"
DATABASE = "neondb"
_SETTINGS = {
    **SCRATCH_SETTINGS,
    # What is committed is in a file, and so in every copy that is taken from then on.
    "synchronous_commit": "on",
    "shared_buffers": "8MB",
    "max_connections": "40",
}
_SMALL_WAL = {"min_wal_size": "2MB", "max_wal_size": "16MB"}
# Nobody can connect to template0, so all copies share its files, which never change.
_UNCHANGING = Path("base", "4")
_READY_WITHIN_S = 30.0
_STOP_WITHIN_S = 10.0
# As Neon gives them: neon_superuser has no login, and whoever the console makes is a member.
_ROLES = f"""
create role neon_superuser createdb createrole nologin replication bypassrls
    in role pg_read_all_data, pg_write_all_data;
grant pg_monitor, pg_signal_backend to neon_superuser with admin option;
create role {OWNER} login createdb createrole replication bypassrls in role neon_superuser;
alter default privileges in schema public grant all on tables to neon_superuser with grant option;
create database {DATABASE} owner {OWNER}
"""
_EMPTY = """
do $$
declare
    tables text;
begin
    select string_agg(oid::regclass::text, ', ') into tables from pg_class
    where relkind in ('r', 'p') and relnamespace not in (
        select oid from pg_namespace where nspname ~ '^pg_' or nspname = 'information_schema'
    );
    if tables is not null then
        execute 'truncate ' || tables || ' restart identity';
    end if;
end
$$
"""
# The front has checked the password by then; the folder of the socket is the server's alone.
_ACCESS = "local all all trust\n"


@dataclass
class Timeline:
    """The data of one branch or snapshot, and the compute on them while there is one."""

    home: ServerHome
    programs: Path
    process: subprocess.Popen[bytes] | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def socket(self) -> str:
        return str(self.home.sockets / ".s.PGSQL.5432")

    def start(self) -> None:
        """Start the compute, unless it runs; back when it takes connections."""
        with self.lock:
            if self.running:
                return
            access = self.home.folder / "access.conf"
            access.write_text(_ACCESS)
            access.chmod(0o644)
            settings = {
                **_SETTINGS,
                **_SMALL_WAL,
                "listen_addresses": "",
                "unix_socket_directories": str(self.home.sockets),
                "hba_file": str(access),
            }
            pairs = [part for k, v in settings.items() for part in ("-c", f"{k}={v}")]
            self.process = self.launch("postgres", "-D", str(self.home.data), *pairs)
            self._await_ready()

    def launch(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program of PostgreSQL as the owner of the data."""
        with self.home.log.open("ab") as log:
            return launch(
                [self.programs / program, *arguments],
                env={
                    "PATH": os.defpath,
                    "LC_ALL": "C",
                    "TZ": "UTC",
                    "LD_LIBRARY_PATH": str(self.programs.parent / "lib"),
                },
                account=self.home.account,
                death_signal=signal.SIGINT,
                cwd="/",
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _await_ready(self) -> None:
        deadline = time.monotonic() + _READY_WITHIN_S
        while time.monotonic() < deadline:
            found = self.home.postmaster()
            if found and self.process and found.pid == self.process.pid and found.ready:
                return
            assert self.running, f"a compute did not start: {self.home.last_words()}"
            time.sleep(0.005)
        raise AssertionError(f"a compute is not ready: {self.home.last_words()}")

    def stop(self) -> None:
        """End the compute as a suspend does: sessions get 57P01."""
        with self.lock:
            if self.process is not None:
                stop_group(self.process, _STOP_WITHIN_S, signal.SIGINT)
                self.process = None

    @contextlib.contextmanager
    def session(self, dbname: str = "postgres") -> Iterator[Session]:
        """A session of the superuser, which no client of Neon ever gets; wakes the compute."""
        self.start()
        target = Target(str(self.home.sockets), 5432, dbname, "postgres")
        with connect(target, application_name="neon") as session:
            yield session

    def lsn(self) -> str:
        with self.session() as session:
            return str(session.value("select pg_current_wal_lsn()"))

    def set_password(self, role: str, password: str) -> None:
        with self.session() as session:
            _set_password(session, role, password)

    def empty(self, databases: list[str]) -> None:
        """Leave the structure and nothing in it."""
        for name in databases:
            with self.session(name) as session:
                session.execute(_EMPTY)

    @contextlib.contextmanager
    def _standing_still(self) -> Iterator[None]:
        """Stop all processes of the compute, the parent first, so that none is born meanwhile."""
        stopped: list[int] = []
        try:
            if self.process is not None and self.running:
                stopped.append(self.process.pid)
                os.kill(self.process.pid, signal.SIGSTOP)
                _await_stopped(self.process.pid)
                for pid in _children(self.process.pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGSTOP)
                        stopped.append(pid)
                for pid in stopped[1:]:
                    _await_stopped(pid)
            yield
        finally:
            for pid in reversed(stopped):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def copy(self, folder: Path) -> "Timeline":
        """Copy the data as they are at this moment; sessions stay open and only wait."""
        home = open_home(folder)
        with self.lock, self._standing_still():
            _copy(self.home.data, home.data)
        for name in ("postmaster.pid", "postmaster.opts"):
            (home.data / name).unlink(missing_ok=True)
        return Timeline(home, self.programs)

    def remove(self) -> None:
        self.stop()
        for folder in (self.home.sockets, self.home.folder):
            shutil.rmtree(folder, ignore_errors=True)


def _copy(source: Path, copied: Path) -> None:
    """Copy a data folder; what never changes is linked."""
    shared = source / _UNCHANGING if (source / _UNCHANGING).is_dir() else None
    own_folder(copied, server_account())
    own_folder(copied / "base", server_account())
    parts = {
        copied: [path for path in source.iterdir() if path.name != "base"],
        copied / "base": [path for path in (source / "base").iterdir() if path != shared],
    }
    for place, paths in parts.items():
        subprocess.run(["cp", "-a", *paths, place], check=True, timeout=60)
    if shared:
        subprocess.run(["cp", "-al", shared, copied / "base"], check=True, timeout=60)


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def _await_stopped(pid: int) -> None:
    """Wait until the kernel has stopped it: a write that was under way is over by then."""
    deadline = time.monotonic() + _STOP_WITHIN_S
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return
        if state[0] in "TZX":
            return
        time.sleep(0.0005)
    raise AssertionError(f"process {pid} does not stand still")


def first_timeline(folder: Path, password: str, programs: Path | None) -> Timeline:
    """Set up what every new project begins with: one role and one empty database."""
    with (
        start_server(folder, settings=_SETTINGS, bin_folder=programs) as server,
        connect(server.target()) as session,
    ):
        for statement in _ROLES.split(";\n"):
            session.execute(statement)
        _set_password(session, OWNER, password)
    first = Timeline(server.home, programs or embedded_binaries())
    # The WAL of a new cluster is a third of what every copy would have to carry.
    resized = first.launch("pg_resetwal", "--wal-segsize=1", "-D", str(server.home.data))
    assert resized.wait(_READY_WITHIN_S) == 0, server.home.last_words()
    return first


def _set_password(session: Session, role: str, password: str) -> None:
    session.execute(
        "alter role {role} password {password}",
        identifiers={"role": Identifier(role), "password": QuotedText(password)},
    )
