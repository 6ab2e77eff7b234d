"""Setting up, starting and ending the server process of a home."""

import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vado.database.home import SUPERUSER, Postmaster, ServerHome, own_folder
from vado.database.launcher import ask, launch, stop_group
from vado.errors import EmbeddedServerFailed

STOP_WITHIN_S = 20.0
_INITDB_WITHIN_S = 120.0
_READY_WITHIN_S = 60.0
_RETRY_S = 10.0  # a killed postmaster and its children take a moment to be gone
_POLL_S = 0.01
_NOT_GONE_YET = ("lock file", "pre-existing shared memory")
_FAULT = re.compile(r"(?:FATAL|PANIC|initdb: error|postgres): +(.+)")
_BUILTIN_LOCALE_SINCE = 17

_ACCESS = "pg_hba.conf"
_OWNERS = "pg_ident.conf"
_ACCESS_RULES = f"""\
local all {SUPERUSER} peer map=owner
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Which programs to start with which settings, and whether the server outlives us."""

    bin_folder: Path
    settings: Mapping[str, str]
    detached: bool = False

    @property
    def digest(self) -> str:
        """A short name for all of it, by which a running server is known to be the same."""
        told = [str(self.bin_folder), *(f"{k}={v}" for k, v in sorted(self.settings.items()))]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def start_postmaster(home: ServerHome, start: Start) -> tuple[Postmaster, subprocess.Popen[bytes]]:
    """Start the server of *home*, its data set up first if they are not there; wait until ready."""
    _write_access_rules(home)
    if not home.data.is_dir():
        _initialise(home, start)
    _forget_namesake(home)
    deadline = time.monotonic() + _RETRY_S
    while True:
        begin = _size(home.log)
        process = _launch(home, start, _command(home, start))
        postmaster = _await_ready(home, process)
        if postmaster is not None:
            break
        words = home.log.read_bytes()[begin:].decode(errors="replace")
        if not any(sign in words for sign in _NOT_GONE_YET) or time.monotonic() > deadline:
            raise _failure(home, "did not start")
        time.sleep(0.2)
    # Should it end before we do, it must be collected, or PostgreSQL takes it to be alive still.
    threading.Thread(target=process.wait, name="embedded", daemon=True).start()
    return postmaster, process


def is_alive(home: ServerHome, postmaster: Postmaster) -> bool:
    """Tell whether the process is there and is the server of these data, not a later namesake."""
    if Path("/proc/self").exists():
        return _working_folder(postmaster) == home.data.resolve()
    try:
        os.kill(postmaster.pid, 0)
    except OSError:
        return False
    return True


def _working_folder(postmaster: Postmaster) -> Path | None:
    try:
        return Path(f"/proc/{postmaster.pid}/cwd").readlink()
    except OSError:
        return None


def _forget_namesake(home: ServerHome) -> None:
    """Remove a `postmaster.pid` whose number belongs to some other program by now.

    PostgreSQL would take that program for the server, and refuse to start as long as it runs.
    """
    postmaster = home.postmaster()
    if postmaster is not None and _working_folder(postmaster) not in (None, home.data.resolve()):
        (home.data / "postmaster.pid").unlink()


def stop_postmaster(home: ServerHome, postmaster: Postmaster) -> None:
    """End a server that some other process started."""
    deadline = time.monotonic() + STOP_WITHIN_S
    if is_alive(home, postmaster):
        with suppress(ProcessLookupError):
            os.kill(postmaster.pid, signal.SIGINT)
    while is_alive(home, postmaster):
        if time.monotonic() > deadline:
            raise _failure(home, f"does not stop (process {postmaster.pid})")
        time.sleep(_POLL_S)


def _initialise(home: ServerHome, start: Start) -> None:
    building = home.folder / "data.building"
    shutil.rmtree(building, ignore_errors=True)
    own_folder(building, home.account)
    scratch = start.settings.get("fsync") == "off"
    command: list[str | Path] = [
        start.bin_folder / "initdb",
        f"--pgdata={building}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        "--auth=peer",
        *_locale(start.bin_folder),
        *(["--no-sync"] if scratch else ["--data-checksums"]),
    ]
    process = _launch(home, start, command)
    try:
        code = process.wait(_INITDB_WITHIN_S)
    except subprocess.TimeoutExpired:
        code = stop_group(process, 1)
    if code != 0:
        raise _failure(home, "could not be set up")
    # Only whole data get the name that a start looks for.
    building.rename(home.data)


def _locale(bin_folder: Path) -> list[str]:
    answer = ask([bin_folder / "postgres", "--version"], env=_environment(bin_folder), within_s=20)
    found = re.search(r"\) (\d+)", answer.text)
    if found is None or int(found[1]) < _BUILTIN_LOCALE_SINCE:
        return ["--locale=C"]  # any other one depends on the machine
    return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def _write_access_rules(home: ServerHome) -> None:
    user = pwd.getpwuid(os.geteuid()).pw_name
    for path, text in (
        (home.folder / _ACCESS, _ACCESS_RULES),
        (home.folder / _OWNERS, f'owner "{user}" {SUPERUSER}\n'),
    ):
        path.write_text(text)
        path.chmod(0o644)  # whatever the umask is; the folder is private enough


def _command(home: ServerHome, start: Start) -> list[str | Path]:
    settings = {
        "listen_addresses": "",
        "cluster_name": "vado",
        **start.settings,
        "unix_socket_directories": str(home.sockets),
        "hba_file": str(home.folder / _ACCESS),
        "ident_file": str(home.folder / _OWNERS),
        "vado.started_with": start.digest,
    }
    pairs = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [start.bin_folder / "postgres", "-D", home.data, *pairs]


def _launch(
    home: ServerHome, start: Start, command: Sequence[str | Path]
) -> subprocess.Popen[bytes]:
    with home.log.open("ab") as log:
        try:
            return launch(
                command,
                env=_environment(start.bin_folder),
                account=home.account,
                # The fast shutdown: TERM would wait for the last session to end by itself.
                death_signal=None if start.detached else signal.SIGINT,
                cwd="/",
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            raise EmbeddedServerFailed(
                f"cannot run {command[0]}: {error.strerror}",
                hint="Run make setup, or install Vado again with pip.",
            ) from error


def _environment(bin_folder: Path) -> dict[str, str]:
    # Nothing of the user's: PG* variables would reach the server, and TZ decides its time zone.
    # Some extensions look for libpq where the system has an older one.
    return {
        "PATH": os.defpath,
        "LC_ALL": "C",
        "TZ": "UTC",
        "LD_LIBRARY_PATH": str(bin_folder.parent / "lib"),
    }


def _await_ready(home: ServerHome, process: subprocess.Popen[bytes]) -> Postmaster | None:
    """Return the postmaster once it takes connections, None when its process ended."""
    deadline = time.monotonic() + _READY_WITHIN_S
    while process.poll() is None:
        found = home.postmaster()
        if found is not None and found.pid == process.pid and found.ready:
            return found
        if time.monotonic() > deadline:
            stop_group(process, 1, signal.SIGINT)
            return None
        time.sleep(_POLL_S)
    return None


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _failure(home: ServerHome, what: str) -> EmbeddedServerFailed:
    words = home.last_words()
    faults = [found[1] for line in words if (found := _FAULT.search(line))]
    return EmbeddedServerFailed(
        f"the embedded PostgreSQL in {home.folder} {what}: {(faults or words or ['no word'])[-1]}",
        hint=f"Its log {home.log} says more.",
        details={"log": words},
    )
