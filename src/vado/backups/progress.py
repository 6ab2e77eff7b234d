"""How far a dump or a load is: rows done, bytes written, and the time that it will take yet."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from vado.backups.client import Run
from vado.database import Session, Target, load_queries, open_session
from vado.errors import VadoError
from vado.logging import redact
from vado.operations import Job

_QUERIES = load_queries("vado.backups")
_STEP_INTERVAL_S = 0.2
_POLL_S = 0.5
# Before this much of the time and of the work is done, a forecast would be a guess.
_FORECAST_AFTER_S = 1.0
_FORECAST_FROM = 0.02
# Indexes and constraints come after all rows and may take longer than them.
_TABLE = re.compile(
    r"(?:dumping contents of table|processing data for table|creating (?:INDEX|CONSTRAINT"
    r'|FK CONSTRAINT|MATERIALIZED VIEW)) "(?P<table>.*)'
)


@dataclass
class RowProgress:
    """Tells the job about tables and rows.

    *expected* holds the rows of each table, *sizes* their bytes where they are known: a wide table
    takes longer than a narrow one. *written* tells the bytes that were made so far.
    """

    job: Job
    code: str
    expected: Mapping[str, int]
    sizes: Mapping[str, int] = field(default_factory=dict)
    written: Callable[[], int] | None = None
    _table: str | None = None
    _done: int = 0
    _weight_done: int = 0
    _told_at: float = 0.0
    _blocked_by: int | None = None
    _total: int = field(init=False)
    _began_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._total = sum(self.expected.values())
        self._began_at = time.monotonic()
        self.job.step(self.code)

    def began(self, table: str) -> None:
        """Say that a table is at hand; the one before is done."""
        self._done += self.expected.get(self._table or "", 0)
        self._weight_done += self._weight(self._table or "")
        self._table = table
        if time.monotonic() - self._told_at >= _STEP_INTERVAL_S:
            self._told_at = time.monotonic()
            self.job.detail(table=table)
            self.rows(0)

    def rows(self, rows: int) -> None:
        """Say how many rows of the table at hand are done."""
        expected = self.expected.get(self._table or "", 0)
        here = min(rows, expected)
        weight = self._weight(self._table or "") * here // expected if expected else 0
        if self._total:
            self._tell(min(self._done + here, self._total), self._seconds_left(weight))
        elif self.written is not None:
            self.job.progress(self.written(), None, "bytes")

    def waits_for(self, blocker: Mapping[str, Any] | None) -> None:
        """Say whose lock the tool waits for, if it waits for any."""
        pid = None if blocker is None else blocker["pid"]
        if pid == self._blocked_by:
            return
        self._blocked_by = pid
        if blocker is None:
            self.job.note(**dict.fromkeys(("blocked_by", "blocker", "blocker_query", "queue")))
            return
        told: dict[str, str | int] = {
            "blocked_by": blocker["pid"],
            "blocker": f"{blocker['user']}@{blocker['host']}",
            "blocker_query": redact(blocker["query"] or ""),
            "queue": 0,
        }
        self.job.note(**told)
        self.job.log(f"waiting for process {pid} of {told['blocker']}", "waiting", **told)

    def finished(self) -> None:
        """Say that all rows are done."""
        if self._total:
            self._tell(self._total, None)

    def _tell(self, done: int, eta_s: float | None) -> None:
        written = None if self.written is None else self.written()
        self.job.progress(done, self._total, "rows", written=written, eta_s=eta_s)

    def _weight(self, table: str) -> int:
        weights = self.sizes or self.expected
        return weights.get(table, 0)

    def _seconds_left(self, here: int) -> float | None:
        whole = sum((self.sizes or self.expected).values())
        part = (self._weight_done + here) / whole if whole else 0.0
        took = time.monotonic() - self._began_at
        if took < _FORECAST_AFTER_S or not _FORECAST_FROM <= part < 1:
            return None  # what comes after the rows has no forecast
        return round(took * (1 - part) / part, 1)


def follow(run: Run, progress: RowProgress, target: Target, application: str) -> None:
    """Tell the progress of *run* until it falls silent for good."""
    with _observer(target) as observer:
        for line in run.lines(_POLL_S):
            found = _TABLE.search(line) if line else None
            if found:
                progress.began(found["table"].removesuffix('"'))
            elif line is None:
                progress.rows(_rows_copied(observer, application))
                progress.waits_for(_blocker(observer, application))
            progress.job.check()
    progress.finished()


@contextmanager
def _observer(target: Target) -> Iterator[Session | None]:
    """Open a second session to watch with; without one there is only less to tell."""
    try:
        session = open_session(target, application_name="vado progress", read_only=True)
    except VadoError:
        yield None
        return
    try:
        yield session
    finally:
        session.close()


def _blocker(observer: Session | None, application: str) -> Mapping[str, Any] | None:
    if observer is None or observer.closed:
        return None
    with suppress(VadoError):
        return observer.row(_QUERIES["blocker"], application=application)
    return None


def _rows_copied(observer: Session | None, application: str) -> int:
    if observer is None or observer.closed:
        return 0
    with suppress(VadoError):
        return int(observer.value(_QUERIES["copying"], application=application) or 0)
    return 0
