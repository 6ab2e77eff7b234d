"""Runs work as operations: in threads that belong to the application, not to a request."""

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vado.database import keeping_sessions, told_while_waking
from vado.errors import Cancelled, NotFound, Refused, VadoError
from vado.logging import redact, redacted
from vado.operations.actor import actor
from vado.operations.audit import Entry, Outcome, record_audit
from vado.operations.job import Job, Said
from vado.operations.operation import Operation, OperationState
from vado.operations.owner import Owner
from vado.operations.state import Page, State, now

log = logging.getLogger("vado.operations")

Work = Callable[[Job], dict[str, Any] | None]
_INTERNAL = {
    "code": "internal_error",
    "message": "an unexpected error stopped the operation",
    "hint": "The log in Vado's state folder tells more; please report it.",
    "details": {},
}
_INTERRUPTED = {
    "code": "interrupted",
    "message": "Vado was ended while this operation ran",
    "hint": "Look at the status: what was applied is in the ledger, the rest was rolled back.",
    "details": {},
}


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be run: its kind, where, and what it is about."""

    kind: str
    environment: str | None
    subject: str | None = None


class Jobs:
    """The operations of this process, and the record of everybody's."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._owner: Owner | None = None
        self._lock = threading.Lock()
        self._running: dict[str, tuple[Job, threading.Thread]] = {}
        self._closing = threading.Event()

    @property
    def owner(self) -> Owner:
        """The owner that stands for this process; made when it is first needed."""
        with self._lock:
            self._owner = self._owner or Owner(self._state.folder)
            return self._owner

    def start(self, request: Request, work: Work) -> Operation:
        """Run *work* in a thread of its own and return its operation at once."""
        if self._closing.is_set():
            raise Refused("Vado is closing", hint="Start it again.")
        job = Job(f"op_{secrets.token_hex(8)}", self)
        self._state.execute(
            "insert_operation",
            id=job.id,
            kind=request.kind,
            environment=request.environment,
            actor=actor(),
            subject=request.subject,
            owner=self.owner.name,
            created_at=now(),
        )
        self._audit(request, job.id, "intent", {})
        # As a daemon it cannot keep a process that gave up on a silent server from ending.
        thread = threading.Thread(
            target=self._run, args=(job, request, work), name=job.id, daemon=True
        )
        with self._lock:
            self._running[job.id] = (job, thread)
            closing = self._closing.is_set()
        if closing:
            job.cancel()
        thread.start()
        return self.get(job.id)

    def _run(self, job: Job, request: Request, work: Work) -> None:
        try:
            self._state.execute("start_operation", id=job.id, at=now())
            job.check()
            with told_while_waking(job.waking), keeping_sessions():
                job.result = work(job)
            self._finish(job, request, "succeeded")
        except Cancelled as error:
            self._finish(job, request, "cancelled", error=error.to_json())
        except VadoError as error:
            self._finish(job, request, "failed", error=error.to_json())
        except Exception:
            # The edge of a job: whatever went wrong must end the operation, not the thread.
            log.exception("operation failed", extra={"operation": job.id})
            self._finish(job, request, "failed", error=_INTERNAL)
        finally:
            with self._lock:
                self._running.pop(job.id, None)

    def _finish(
        self,
        job: Job,
        request: Request,
        state: OperationState,
        *,
        error: dict[str, Any] | None = None,
    ) -> None:
        job.tell_rest()
        self._state.execute(
            "finish_operation",
            id=job.id,
            state=state,
            result=None if job.result is None else json.dumps(job.result, default=str),
            error=None if error is None else json.dumps(redacted(error)),
            at=now(),
        )
        outcome: Outcome = state if state in {"succeeded", "cancelled"} else "failed"
        self._audit(request, job.id, outcome, {"error": error} if error else job.result or {})

    def _audit(
        self, request: Request, operation_id: str, outcome: Outcome, details: dict[str, Any]
    ) -> None:
        entry = Entry(
            request.kind, outcome, request.environment, operation_id, request.subject, details
        )
        record_audit(self._state, entry)
        log.info(
            "operation",
            extra={"kind": request.kind, "operation": operation_id, "outcome": outcome},
        )

    def progressed(self, job_id: str, progress: dict[str, Any]) -> None:
        """Take the new progress of a job."""
        self._state.execute("progress_operation", id=job_id, progress=json.dumps(progress))

    def logged(self, job_id: str, message: str, said: Said | None = None) -> None:
        """Take a line of a job's log."""
        self._state.execute(
            "insert_log",
            operation_id=job_id,
            at=now(),
            message=redact(message),
            said=None if said is None else json.dumps(redacted(said)),
        )

    def get(self, operation_id: str) -> Operation:
        """Return one operation; NotFound when there is none of that id."""
        row = self._state.row("operation", id=operation_id)
        if row is None:
            raise NotFound(
                f"there is no operation {operation_id!r}", hint="`vado history` lists them."
            )
        return Operation.from_row(row)

    def page(
        self,
        *,
        environment: str | None = None,
        state: str | None = None,
        kind: str | None = None,
        own: bool = False,
        limit: int = 50,
        after: str | None = None,
    ) -> Page:
        """Return operations, newest first, as JSON; *state* may name several, comma between.

        *own* leaves out those of other processes, which cannot be cancelled here. Results come
        without their heavy parts; `get` has those.
        """
        found = self._state.page(
            "operations",
            "id",
            limit,
            environment=environment,
            state=state,
            kind=kind,
            owner=self.owner.name if own else None,
            after=after,
        )
        items = tuple(Operation.from_row(row).brief() for row in found.items)
        return Page(items, found.next, found.total)

    def log_of(self, operation_id: str, after: int = 0) -> list[dict[str, Any]]:
        """Return the log lines of an operation, without the first *after*."""
        return [
            {
                "at": row["at"],
                "message": row["message"],
                **(json.loads(row["said"]) if row["said"] else {"code": None, "params": {}}),
            }
            for row in self._state.rows("operation_log", id=operation_id, after=after)
        ]

    def cancel(self, operation_id: str) -> Operation:
        """Ask an operation of this process to stop; one that is over stays as it is."""
        operation = self.get(operation_id)
        with self._lock:
            running = self._running.get(operation_id)
        if operation.ended:
            return operation
        if running is None:
            raise Refused(
                "the operation runs in another process of Vado",
                hint="Cancel it where it was started.",
            )
        self._state.execute("cancel_operation", id=operation_id)
        threading.Thread(target=running[0].cancel, daemon=True).start()
        return self.get(operation_id)

    def wait(self, operation_id: str, timeout_s: float | None = None) -> Operation:
        """Wait until the operation ended, or *timeout_s* passed; return it as it is then."""
        with self._lock:
            running = self._running.get(operation_id)
        if running is not None:
            running[1].join(timeout_s)
        return self.get(operation_id)

    def settle_interrupted(self) -> list[str]:
        """Mark what was running in processes that are gone; return the ids."""
        settled = []
        for row in self._state.rows("open_operations"):
            if self.owner.is_alive(row["owner"]):
                continue
            changed = self._state.execute(
                "finish_operation",
                id=row["id"],
                state="interrupted",
                result=None,
                error=json.dumps(_INTERRUPTED),
                at=now(),
            )
            if not changed:
                # It ended by itself in the meantime, or another process was first.
                continue
            operation = self.get(row["id"])
            record_audit(
                self._state,
                Entry(
                    operation.kind,
                    "interrupted",
                    operation.environment,
                    operation.id,
                    operation.subject,
                ),
            )
            settled.append(row["id"])
        return settled

    def active(self) -> list[str]:
        """Return the ids of the operations that run in this process."""
        with self._lock:
            return list(self._running)

    def close(self, grace_s: float = 20.0) -> None:
        """Cancel what runs, wait for its roll-back, and take nothing new."""
        with self._lock:
            self._closing.set()
            running = list(self._running.values())
        # Each in a thread, so that none waits for another's answer.
        for job, _ in running:
            threading.Thread(target=job.cancel, daemon=True).start()
        deadline = time.monotonic() + grace_s
        for _, thread in running:
            thread.join(max(deadline - time.monotonic(), 0))
        if self._owner is not None and not self.active():
            self._owner.close()
