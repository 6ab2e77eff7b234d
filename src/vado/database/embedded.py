"""The PostgreSQL that Vado brings along, run on a Unix socket by our own code.

The package's Python side is not used: as root it adds a user to the system and opens every folder
up to / to everybody.

Who may connect: `peer` asks the kernel who is at the other end of the socket, and only the user of
this process is let in as the superuser, though the server may run as `nobody`. Other roles
(tests make some) need their password.
"""

import atexit
import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from vado.database.connect import connect
from vado.database.home import (
    SUPERUSER,
    Postmaster,
    ServerHome,
    cache_folder,
    embedded_binaries,
    is_open,
    open_home,
    open_up,
    remove_home,
)
from vado.database.launcher import stop_group
from vado.database.postmaster import (
    STOP_WITHIN_S,
    Start,
    is_alive,
    start_postmaster,
    stop_postmaster,
)
from vado.database.queries import load_queries
from vado.database.url import Target
from vado.errors import ConnectionFailed, EmbeddedServerFailed

# For servers whose databases are thrown away: nothing has to survive a crash of the machine.
SCRATCH_SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# A rehearsal holds a lock on every table of a schema at once; few sessions keep that affordable.
REHEARSAL_SETTINGS: Mapping[str, str] = {
    **SCRATCH_SETTINGS,
    "max_locks_per_transaction": "8192",
    "max_connections": "25",
}

_LOCK_WITHIN_S = 90.0


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running server of ours, reached by its Unix socket."""

    home: ServerHome
    postmaster: Postmaster
    process: subprocess.Popen[bytes] | None = None

    def target(self, dbname: str = "postgres") -> Target:
        """Return where a database of this server is, as its superuser."""
        return Target(
            host=str(self.postmaster.socket_folder),
            port=self.postmaster.port,
            dbname=dbname,
            user=SUPERUSER,
        )

    def stop(self) -> None:
        """End the server in order, within 20 seconds; sessions are closed. May be called twice."""
        if self.process is not None:
            atexit.unregister(self.stop)
            stop_group(self.process, STOP_WITHIN_S, signal.SIGINT)
        else:
            stop_postmaster(self.home, self.postmaster)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()


def start_server(
    data_folder: Path,
    *,
    settings: Mapping[str, str] | None = None,
    bin_folder: Path | None = None,
    extensions: Path | None = None,
) -> EmbeddedServer:
    """Start a server that ends with this process, on new data or on what is in *data_folder*.

    It is durable unless *settings* say otherwise. *extensions* holds a folder `extension` with
    further control files and scripts (PostgreSQL 18). Raises EmbeddedServerFailed.
    """
    home = open_home(data_folder)
    with _locked(home):
        known = {**(settings or {}), **_extensions(home, extensions)}
        postmaster, process = start_postmaster(home, Start(_programs(bin_folder), known))
    server = EmbeddedServer(home, postmaster, process)
    atexit.register(server.stop)
    return server


def shared_server(state_folder: Path, *, extensions: Path | None = None) -> EmbeddedServer:
    """Return the user's one server for rehearsals; started if need be, and left running.

    All processes of the user share it (VADO_EMBEDDED names another folder for it). Whoever comes
    first starts it detached, so that it does not end with that process.
    """
    home = open_home(_shared_folder(state_folder))
    with _locked(home):
        known = {**REHEARSAL_SETTINGS, **_extensions(home, extensions)}
        start = Start(embedded_binaries(), known, detached=True)
        return _adopt(home, start) or EmbeddedServer(home, _start_shared(home, start))


def stop_shared_server(state_folder: Path) -> None:
    """End the user's server for rehearsals, if it runs, and delete its data."""
    asked = _shared_folder(state_folder)
    home = open_home(asked)
    with _locked(home):
        if postmaster := home.postmaster():
            stop_postmaster(home, postmaster)
    remove_home(asked)


def _shared_folder(state_folder: Path) -> Path:
    return Path(os.environ.get("VADO_EMBEDDED") or state_folder / "rehearsals-18")


@contextmanager
def _locked(home: ServerHome) -> Iterator[None]:
    from filelock import FileLock, Timeout  # noqa: PLC0415 (it takes 50 ms to import)

    try:
        with FileLock(home.folder / "start.lock", timeout=_LOCK_WITHIN_S):
            yield
    except Timeout as error:
        raise EmbeddedServerFailed(
            f"another process has been starting the server in {home.folder} for too long",
            hint="End that process and try again.",
        ) from error


def _programs(bin_folder: Path | None) -> Path:
    if bin_folder is None:
        return embedded_binaries()
    if os.geteuid() == 0 and not is_open(bin_folder / "postgres"):
        raise EmbeddedServerFailed(
            f"the programs in {bin_folder} cannot be run by the user that root steps down to",
            hint=f"Put them where all users may enter, such as {cache_folder()}.",
        )
    return bin_folder


def _extensions(home: ServerHome, source: Path | None) -> dict[str, str]:
    """Copy extensions to the home: the server's account may not reach where they came from."""
    if source is None:
        return {}
    content = hashlib.sha256()
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        content.update(path.name.encode() + path.read_bytes())
    place = home.folder / f"extensions-{content.hexdigest()[:12]}"
    if not place.is_dir():
        building = place.with_suffix(".building")
        shutil.rmtree(building, ignore_errors=True)
        shutil.copytree(source, building)
        open_up(building)
        building.rename(place)
    return {"extension_control_path": f"$system:{place}"}


def _adopt(home: ServerHome, start: Start) -> EmbeddedServer | None:
    """Return the server that runs on these data already, if it is one and serves our purpose."""
    postmaster = home.postmaster()
    if postmaster is None or not is_alive(home, postmaster):
        return None
    server = EmbeddedServer(home, postmaster)
    try:
        with connect(server.target(), application_name="vado adopt") as session:
            query = load_queries("vado.database", "embedded.sql")["who_is_there"]
            found = session.row(query) or {}
    except ConnectionFailed:
        # Still starting, or its socket was swept away: nobody can use it as it is.
        server.stop()
        return None
    if found["started_with"] != start.digest and not found["others"]:
        server.stop()  # of another version of Vado; in use it is good enough for now
        return None
    return server


def _start_shared(home: ServerHome, start: Start) -> Postmaster:
    try:
        return start_postmaster(home, start)[0]
    except EmbeddedServerFailed:
        # Nothing but scratch databases; written without fsync, a crash of the machine breaks them.
        shutil.rmtree(home.data, ignore_errors=True)
        return start_postmaster(home, start)[0]
