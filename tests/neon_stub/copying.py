"""Copies of a data folder, taken while all processes of its server stand still."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from vado.database.home import own_folder, server_account

# Nobody can connect to template0, so all copies share its files, which never change.
_UNCHANGING = Path("base", "4")
_STOPS_WITHIN_S = 10.0


@contextlib.contextmanager
def standing_still(process: subprocess.Popen[bytes] | None) -> Iterator[None]:
    """Stop all processes of the compute, the parent first, so that none is born meanwhile."""
    stopped: list[int] = []
    try:
        if process is not None:
            stopped.append(process.pid)
            os.kill(process.pid, signal.SIGSTOP)
            _await_stopped(process.pid)
            for pid in _children(process.pid):
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


def copy_data(source: Path, copied: Path) -> None:
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
    deadline = time.monotonic() + _STOPS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return
        if state[0] in "TZX":
            return
        time.sleep(0.0005)
    raise AssertionError(f"process {pid} does not stand still")
