"""The record of operations that is kept in the target, beside what they changed."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from vado.database import Session, Step, load_queries
from vado.errors import Cancelled, VadoError
from vado.logging import redacted
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
        self.begin()
        try:
            yield
        except VadoError as error:
            state = "cancelled" if isinstance(error, Cancelled) else "failed"
            # The first failure is what the user must see, even if it cannot be written down here.
            with suppress(VadoError):
                self.end(state, error=error.to_json())
            raise
        self.end("succeeded")

    def settle_interrupted(self) -> None:
        """Close the records of operations of this kind that died on the way.

        Only for a kind whose operations exclude each other, while that exclusion is held.
        """
        rows = self._session.rows(_QUERIES["interrupted"], kind=self._kind)
        if rows:
            self._session.write(*(step for row in rows for step in self._interrupted(row)))

    def begin(self) -> None:
        """Write that the operation begins."""
        known = {
            "id": self._job.id,
            "kind": self._kind,
            "environment": self.environment,
            "actor": actor(),
            "subject": self.subject,
        }
        self._session.write(Step(_QUERIES["begin"], known), self._event("intent", {}))

    def end(self, state: str, *, error: Mapping[str, Any] | None = None) -> None:
        """Write how the operation ended."""
        text = None if error is None else json.dumps(redacted(error))
        known = self._job.result
        result = None if known is None else json.dumps(redacted(known))
        ended = {"id": self._job.id, "state": state, "result": result, "error": text}
        self._session.write(Step(_QUERIES["end"], ended), self._event(state, error or {}))

    def _interrupted(self, row: Mapping[str, Any]) -> tuple[Step, Step]:
        event = self._event("interrupted", {}, operation_id=row["id"], subject=row["subject"])
        return Step(_QUERIES["interrupt"], {"id": row["id"]}), event

    def _event(
        self,
        outcome: str,
        details: Mapping[str, Any],
        *,
        operation_id: str | None = None,
        subject: str | None = None,
    ) -> Step:
        return Step(
            _QUERIES["event"],
            {
                "action": self._kind,
                "outcome": outcome,
                "actor": actor(),
                "operation_id": operation_id or self._job.id,
                "subject": subject or self.subject,
                "details": json.dumps(redacted(details)),
            },
        )
