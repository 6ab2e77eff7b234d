"""How far a dump or a load is: rows of the tables done, and of the one at hand."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from vado.backups.client import Run
from vado.database import Session, Target, load_queries, open_session
from vado.errors import VadoError
from vado.operations import Job

_QUERIES = load_queries("vado.backups")
_STEP_INTERVAL_S = 0.2
_POLL_S = 0.5
# Indexes and constraints come after all rows and may take longer than them.
_TABLE = re.compile(
    r"(?:dumping contents of table|processing data for table|creating (?:INDEX|CONSTRAINT"
    r'|FK CONSTRAINT|MATERIALIZED VIEW)) "(?P<table>.*)'
)


@dataclass
class RowProgress:
    """Tells the job about tables and rows; *expected* holds the rows of each table."""

    job: Job
    code: str
    expected: Mapping[str, int]
    _table: str | None = None
    _done: int = 0
    _told_at: float = 0.0
    _total: int = field(init=False)

    def __post_init__(self) -> None:
        self._total = sum(self.expected.values())
        self.job.step(self.code)

    def began(self, table: str) -> None:
        """Say that a table is at hand; the one before is done."""
        self._done += self.expected.get(self._table or "", 0)
        self._table = table
        if time.monotonic() - self._told_at >= _STEP_INTERVAL_S:
            self._told_at = time.monotonic()
            self.job.detail(table=table)
            self.rows(0)

    def rows(self, rows: int) -> None:
        """Say how many rows of the table at hand are done."""
        if self._total:
            here = min(rows, self.expected.get(self._table or "", 0))
            self.job.progress(min(self._done + here, self._total), self._total, "rows")

    def finished(self) -> None:
        """Say that all rows are done."""
        if self._total:
            self.job.progress(self._total, self._total, "rows")


def follow(run: Run, progress: RowProgress, target: Target, application: str) -> None:
    """Tell the progress of *run* until it falls silent for good."""
    with _observer(target) as observer:
        for line in run.lines(_POLL_S):
            found = _TABLE.search(line) if line else None
            if found:
                progress.began(found["table"].removesuffix('"'))
            elif line is None:
                progress.rows(_rows_copied(observer, application))
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


def _rows_copied(observer: Session | None, application: str) -> int:
    if observer is None or observer.closed:
        return 0
    with suppress(VadoError):
        return int(observer.value(_QUERIES["copying"], application=application) or 0)
    return 0
