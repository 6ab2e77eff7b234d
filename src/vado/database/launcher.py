"""Starting and ending child processes: never a shell, never an orphan, never a wait without end."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TypedDict, Unpack

_KILLED_WITHIN_S = 10.0
_POLL_S = 0.01

# Used where there is no setpriv: ask the kernel for the signal (1 is PR_SET_PDEATHSIG), then become
# the program. Not preexec_fn, which may deadlock in a process with threads.
_TIE = (
    "import ctypes, os, sys; ctypes.CDLL(None).prctl(1, int(sys.argv[1])); "
    "os.execv(sys.argv[2], sys.argv[2:])"
)

# All children are started by this one thread, because the kernel's death signal follows the
# *thread* that started a child: one started by a job's thread would be ended together with it.
_launcher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="launcher")


@dataclass(frozen=True, slots=True)
class Account:
    """The user and the group that a child runs as; it gets no other group."""

    uid: int
    gid: int


class Surroundings(TypedDict, total=False):
    """Where a child starts and what its standard streams are, as `subprocess.Popen` takes them."""

    cwd: str | os.PathLike[str]
    stdin: int | IO[bytes]
    stdout: int | IO[bytes]
    stderr: int | IO[bytes]


def launch(
    argv: Sequence[str | os.PathLike[str]],
    *,
    env: Mapping[str, str],
    account: Account | None = None,
    death_signal: signal.Signals | None = signal.SIGTERM,
    **surroundings: Unpack[Surroundings],
) -> subprocess.Popen[bytes]:
    """Start a program (argv begins with its path) in a process group of its own; do not wait.

    It gets *death_signal* when this process ends, however it ends (Linux only); with None it is
    detached and outlives us. *env* is its whole environment. Standard input is empty by default.
    Raises OSError when it cannot be started.
    """
    command = [os.fspath(part) for part in argv]
    if not os.access(command[0], os.X_OK):
        # Said here, because what ties the child to us would only end with code 127.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), command[0])
    if death_signal is not None:
        command = [*_tied_by(death_signal), *command]
    surroundings.setdefault("stdin", subprocess.DEVNULL)

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 (a list and no shell; the program is named by path)
            command,
            env=dict(env),
            start_new_session=death_signal is None,
            process_group=None if death_signal is None else 0,
            user=None if account is None else account.uid,
            group=None if account is None else account.gid,
            extra_groups=None if account is None else [],
            **surroundings,
        )

    return _launcher.submit(start).result()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a short-lived program wrote (standard output, then standard error) and ended with."""

    code: int
    text: str


def ask(
    argv: Sequence[str | os.PathLike[str]],
    *,
    env: Mapping[str, str],
    within_s: float,
    account: Account | None = None,
) -> Answer:
    """Run a program to its end; one that takes longer than *within_s* is ended (TimeoutExpired)."""
    child = launch(
        argv, env=env, account=account, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/"
    )
    with child as process:  # which closes the pipes
        try:
            output, errors = process.communicate(timeout=within_s)
        finally:
            stop_group(process, 1)
    return Answer(process.returncode, (output + errors).decode(errors="replace"))


def _tied_by(death_signal: signal.Signals) -> list[str]:
    if sys.platform != "linux":
        return []
    setpriv = _setpriv()
    if setpriv is None:
        return [sys.executable, "-I", "-S", "-c", _TIE, str(int(death_signal))]
    return [setpriv, "--pdeathsig", death_signal.name.removeprefix("SIG"), "--"]


@cache
def _setpriv() -> str | None:
    path = shutil.which("setpriv", path=os.defpath)
    # BusyBox has one of the same name that does not know the option.
    return None if path is None or Path(path).resolve().name == "busybox" else path


def stop_group(
    process: subprocess.Popen[bytes], grace_s: float, first: signal.Signals = signal.SIGTERM
) -> int:
    """End *process* and its whole group: *first*, up to *grace_s* seconds, then SIGKILL.

    Returns the exit code. A process that was waited for already is left alone, with its group.
    """
    if process.returncode is None:
        _signal_group(process, first)
        _await_end(process, grace_s)
        # The leader may be gone and its workers not: pg_restore -j leaves them to finish an item.
        _signal_group(process, signal.SIGKILL)
    return process.wait(_KILLED_WITHIN_S)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        # macOS says "not permitted" of a group in which only the dead are left.
        return


def _await_end(process: subprocess.Popen[bytes], grace_s: float) -> None:
    deadline = time.monotonic() + grace_s
    while not _has_ended(process) and time.monotonic() < deadline:
        time.sleep(_POLL_S)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    if not hasattr(os, "waitid"):  # macOS before Python 3.13
        return process.poll() is not None
    try:
        # The exit code is left uncollected: until it is, nobody else can be given the number.
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True  # another thread was waiting for it and collected the code
