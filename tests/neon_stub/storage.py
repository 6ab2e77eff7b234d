"""Data folders that are copied whole while their server stands still, and servers on them."""

import contextlib
import os
import shutil
import signal
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.neon_stub.copying import copy_data, standing_still
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
# Where a control file says where the last checkpoint is: after an id and two versions, the state
# and the time.
_CHECKPOINT_AT = 32
# Copies are made and computes started one at a time, so that no copy sees half of a start.
_copying = threading.RLock()
# The front has checked the password by then; the folder of the socket is the server's alone.
_ACCESS = "local all all trust\n"


@dataclass
class Timeline:
    """The data of one branch or snapshot, and the compute on them while there is one."""

    home: ServerHome
    programs: Path
    process: subprocess.Popen[bytes] | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)
    # What nobody has looked into yet is copied when that, or what it is a copy of, first changes.
    origin: "Timeline | None" = None
    heirs: list["Timeline"] = field(default_factory=list)
    known: list[dict[str, Any]] | None = None
    _verifiers: dict[str, Any] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def socket(self) -> str:
        return str(self.home.sockets / ".s.PGSQL.5432")

    def start(self) -> None:
        """Start the compute, unless it runs; back when it takes connections."""
        if self.running:
            return
        with _copying, self.lock:
            if self.running:
                return
            self._be_there()
            for heir in list(self.heirs):
                heir._be_there()
            self.known = None
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
        """Return how far it is; of one that does not run, where its last checkpoint is."""
        if self.origin is not None:
            return self.origin.lsn()
        if not self.running:
            low, high = struct.unpack_from("<II", self._control(), _CHECKPOINT_AT)
            return f"{high:X}/{low:X}"
        with self.session() as session:
            return str(session.value("select pg_current_wal_lsn()"))

    def _control(self) -> bytes:
        return (self.home.data / "global" / "pg_control").read_bytes()

    @property
    def major(self) -> int:
        """The version of the server that the data are of."""
        if self.origin is not None:
            return self.origin.major
        return int((self.home.data / "PG_VERSION").read_text())

    def databases(self) -> list[dict[str, Any]]:
        """Return the databases; of data that nobody changed, without a compute."""
        if self.origin is not None:
            return self.origin.databases()
        if self.known is not None:
            return self.known
        with self.session() as session:
            return databases_of(session)

    def verifier(self, user: str) -> Any:
        """Return what proves a password of a role, None for no role; asked once, like a proxy."""
        if user not in self._verifiers:
            with self.session() as session:
                self._verifiers[user] = session.value(
                    "select rolpassword from pg_authid where rolname = %(user)s and rolcanlogin",
                    user=user,
                )
        return self._verifiers[user]

    def set_password(self, role: str, password: str) -> None:
        self._verifiers.pop(role, None)
        with self.session() as session:
            _set_password(session, role, password)

    def empty(self, databases: list[str]) -> None:
        """Leave the structure and nothing in it."""
        for name in databases:
            with self.session(name) as session:
                session.execute(_EMPTY)

    def copy(self, folder: Path) -> "Timeline":
        """Copy the data as they are at this moment; sessions stay open and only wait."""
        copied = Timeline(open_home(folder), self.programs, origin=self)
        with _copying, self.lock:
            self.heirs.append(copied)
            if self.running:
                copied._be_there()
        return copied

    def _be_there(self) -> None:
        """Copy what this is a copy of, as long as that is what it was."""
        if self.origin is None:
            return
        source = self.origin
        source._be_there()
        with standing_still(source.process if source.running else None):
            copy_data(source.home.data, self.home.data)
        for name in ("postmaster.pid", "postmaster.opts"):
            (self.home.data / name).unlink(missing_ok=True)
        self.known = None if source.running else source.known
        source.heirs.remove(self)
        self.origin = None

    def remove(self) -> None:
        self.stop()
        for folder in (self.home.sockets, self.home.folder):
            shutil.rmtree(folder, ignore_errors=True)


def first_timeline(folder: Path, password: str, programs: Path | None) -> Timeline:
    """Set up what every new project begins with: one role and one empty database."""
    with (
        start_server(folder, settings=_SETTINGS, bin_folder=programs) as server,
        connect(server.target()) as session,
    ):
        for statement in _ROLES.split(";\n"):
            session.execute(statement)
        _set_password(session, OWNER, password)
        known = databases_of(session)
    first = Timeline(server.home, programs or embedded_binaries(), known=known)
    # The WAL of a new cluster is a third of what every copy would have to carry.
    resized = first.launch("pg_resetwal", "--wal-segsize=1", "-D", str(server.home.data))
    assert resized.wait(_READY_WITHIN_S) == 0, server.home.last_words()
    return first


def databases_of(session: Session) -> list[dict[str, Any]]:
    """Return all databases that a user of Neon has."""
    return session.rows(
        "select oid::bigint as id, datname as name, pg_get_userbyid(datdba) as owner "
        "from pg_database where not datistemplate and datname <> 'postgres' order by 1"
    )


def _set_password(session: Session, role: str, password: str) -> None:
    session.execute(
        "alter role {role} password {password}",
        identifiers={"role": Identifier(role), "password": QuotedText(password)},
    )
