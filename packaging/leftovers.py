"""Nothing that was started outlives the run: whoever waits for its end would wait for them too."""

# ruff: noqa: INP001, T201 (part of a script, whose job is to print)

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_BECOME_PARENT_OF_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of Linux
_GRACE_S = 10.0


def alone(work: Callable[[], int]) -> int:
    """Run *work* in a process of its own, then end whatever it left; return its code."""
    if sys.platform != "linux":
        return work()
    ctypes.CDLL(None).prctl(_BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
    sys.stdout.flush()
    worker = os.fork()
    if worker == 0:
        os._exit(_code_of(work))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda got, _: os.kill(worker, got))
    code = _code_when_ended(worker)
    _end_those_left()
    return code


def _code_of(work: Callable[[], int]) -> int:
    try:
        return work()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 (this process has no other end than its code)
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stdout.flush()


def _code_when_ended(worker: int) -> int:
    """Wait for *worker*, and meanwhile bury the orphans, as the first process of a machine does."""
    while True:
        pid, status = os.wait()
        if pid == worker:
            return abs(os.waitstatus_to_exitcode(status))


def _end_those_left() -> None:
    """Wait a moment for what is just ending, then end the rest and what the rest had started."""
    for pid in _still_there():
        print(f"!! left running, and ended now: {_line_of(pid)}", file=sys.stderr)
        _tell(pid, signal.SIGTERM)
    # The children of one that is killed become ours, and are next.
    for pid in _still_there():
        _tell(pid, signal.SIGKILL)
    while children := _children():
        for pid in children:
            _tell(pid, signal.SIGKILL)
        time.sleep(0.1)


def _still_there() -> list[int]:
    until = time.monotonic() + _GRACE_S
    while (left := _children()) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def _tell(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _bury() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _children() -> list[int]:
    _bury()
    own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return [int(pid) for pid in own.read_text(encoding="utf-8").split()]


def _line_of(pid: int) -> str:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return f"process {pid}"
    return line.replace(b"\0", b" ").decode(errors="replace")[:200]
