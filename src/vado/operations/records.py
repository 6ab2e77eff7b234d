"""The record of operations that is kept in the target, beside what they changed."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from vado.database import Session, load_queries
from vado.errors import Cancelled, VadoError
from vado.logging import redact
from vado.operations.actor import actor
from vado.operations.job import Job

_QUERIES = load_queries("vado.operations", "target.sql")


class TargetRecord:
    """Writes intent and outcome of one operation into `vado_control`."""

    def __init__(self, session: Session, job: Job, kind: str) -> None:
        self._session = session
        self._job = job
        self._kind = kind
        self.subject: str | None = None
        self.environment: str | None = None

    @contextmanager
    def kept(self, *, environment: str, subject: str | None) -> Iterator[None]:
        """Write the intent before the block and its outcome after, whichever way it ends."""
        self.environment, self.subject = environment, subject
        self._begin()
        try:
            yield
        except VadoError as error:
            state = "cancelled" if isinstance(error, Cancelled) else "failed"
            # The first failure is what the user must see, even if it cannot be written down here.
            with suppress(VadoError):
                self._end(state, error=error.to_json())
            raise
        self._end("succeeded")

    def _begin(self) -> None:
        with self._session.transaction():
            self._session.execute(
                _QUERIES["begin"],
                id=self._job.id,
                kind=self._kind,
                environment=self.environment,
                actor=actor(),
                subject=self.subject,
            )
            self._event("intent", {})

    def _end(self, state: str, *, error: Mapping[str, Any] | None = None) -> None:
        text = None if error is None else redact(json.dumps(dict(error), default=str))
        with self._session.transaction():
            self._session.execute(
                _QUERIES["end"], id=self._job.id, state=state, result=None, error=text
            )
            self._event(state, error or {})

    def _event(self, outcome: str, details: Mapping[str, Any]) -> None:
        self._session.execute(
            _QUERIES["event"],
            action=self._kind,
            outcome=outcome,
            actor=actor(),
            operation_id=self._job.id,
            subject=self.subject,
            details=redact(json.dumps(dict(details), default=str)),
        )
