"""What a piece of work sees of the operation it belongs to: progress, log and cancel."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from vado.errors import Cancelled

_PROGRESS_INTERVAL_S = 0.2

Said = Mapping[str, Any]


class Listener(Protocol):
    """Hears what a job reports."""

    def progressed(self, job_id: str, progress: dict[str, Any]) -> None:
        """Take the new progress."""

    def logged(self, job_id: str, message: str, said: Said | None = None) -> None:
        """Take a line of the log; *said* is its code and params, for faces to translate."""


@dataclass(slots=True)
class _Progress:
    step: dict[str, Any] | None = None
    steps_done: int = 0
    steps_total: int | None = None
    done: int | None = None
    total: int | None = None
    unit: str | None = None
    bytes: int | None = None
    eta_s: float | None = None
    way: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass
class Job:
    """The running side of an operation, handed to the work it runs.

    `result` may be set on the way, so that an operation that fails still says what it did.
    """

    id: str
    listener: Listener
    result: dict[str, Any] | None = None
    _progress: _Progress = field(default_factory=_Progress)
    _cancelled: threading.Event = field(default_factory=threading.Event)
    _callbacks: list[Callable[[], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _calling: threading.RLock = field(default_factory=threading.RLock)
    _telling: threading.RLock = field(default_factory=threading.RLock)
    _told_at: float = 0.0
    _inside: bool = False
    _untold: bool = False
    _later: bool = False

    def expect(self, steps: int) -> None:
        """Say how many steps there will be."""
        self._progress.steps_total = steps
        self._tell()

    def go(self, way: str) -> None:
        """Say in which of the ways of its kind the work is done: each has steps of its own."""
        self._progress.way = way
        self._tell()

    def step(self, code: str, **params: str | int) -> None:
        """Begin a step; faces put *code* and *params* into words.

        Many of one kind in a short time are told at most five times a second.
        """
        self.check()
        before = self._progress.step
        if before is not None and not self._inside:
            self._progress.steps_done += 1
        with self._lock:
            self._progress.step = {"code": code, "params": params}
        self._progress.done = self._progress.total = self._progress.unit = None
        self._progress.bytes = self._progress.eta_s = None
        if before is not None and before["code"] == code:
            self._tell_soon()
        else:
            self._tell()

    def detail(self, **params: str | int) -> None:
        """Say what of the present step is being worked on."""
        self.check()
        if self._progress.step is not None:
            self._progress.step = {**self._progress.step, "params": params}
            self._tell()

    def note(self, **params: str | int | None) -> None:
        """Add to what is said of the present step, from whichever thread; None takes it away."""
        with self._lock:
            step = self._progress.step
            if step is None:
                return
            known = {**step["params"], **params}
            kept = {name: value for name, value in known.items() if value is not None}
            self._progress.step = {**step, "params": kept}
        self._tell()

    def waking(self, tries: int) -> None:
        """Say that the database sleeps and is asked again, after so many tries."""
        self.check()
        self.log("waking the database", "waking", tries=tries)
        self.note(waking=tries)

    @contextmanager
    def inside_step(self) -> Iterator[None]:
        """Have the steps of another piece of work shown as parts of the present one."""
        self._inside = True
        try:
            yield
        finally:
            self._inside = False

    def progress(
        self,
        done: int,
        total: int | None,
        unit: str,
        *,
        written: int | None = None,
        eta_s: float | None = None,
    ) -> None:
        """Say how far the present step is; told to others at most five times a second.

        *written* are bytes that it has made so far, *eta_s* the seconds it is expected to take yet.
        """
        self.check()
        self._progress.bytes, self._progress.eta_s = written, eta_s
        known = (self._progress.done, self._progress.total)
        self._untold = self._untold or known != (done, total)
        self._progress.done, self._progress.total, self._progress.unit = done, total, unit
        if self._untold and (
            done == total or time.monotonic() - self._told_at >= _PROGRESS_INTERVAL_S
        ):
            self._tell()

    def _tell(self) -> None:
        with self._telling:
            self._told_at, self._untold = time.monotonic(), False
            self.listener.progressed(self.id, self._progress.to_json())

    def _tell_soon(self) -> None:
        """Tell now, or a little later what is true by then."""
        wait_s = self._told_at + _PROGRESS_INTERVAL_S - time.monotonic()
        if wait_s <= 0:
            self._tell()
            return
        self._untold = True
        if not self._later:
            self._later = True
            timer = threading.Timer(wait_s, self.tell_rest)
            timer.daemon = True
            timer.start()

    def tell_rest(self) -> None:
        """Tell what has not been told yet."""
        self._later = False
        if self._untold:
            self._tell()

    def log(self, message: str, code: str | None = None, **params: str | int) -> None:
        """Add a line to the operation's log; faces put *code* and *params* into words."""
        said = None if code is None else {"code": code, "params": params}
        self.listener.logged(self.id, message, said)

    @property
    def cancelled(self) -> bool:
        """Whether the user asked to cancel."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise Cancelled when the user asked to cancel."""
        if self.cancelled:
            raise Cancelled("the operation was cancelled")

    def cancel(self) -> None:
        """Ask the work to stop; called from another thread."""
        with self._calling:
            with self._lock:
                self._cancelled.set()
                callbacks = list(self._callbacks)
            for callback in callbacks:
                callback()

    @contextmanager
    def on_cancel(self, callback: Callable[[], None]) -> Iterator[None]:
        """Have *callback* called from the cancelling thread while the block runs, never after."""
        with self._lock:
            self.check()
            self._callbacks.append(callback)
        try:
            yield
        finally:
            with self._lock:
                self._callbacks.remove(callback)
            # A cancel on its way must not hit what comes next.
            with self._calling:
                pass
