"""What was agreed to once for a database: events of its own audit log, so that all see it."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from vado.database import Inquiry, Question, Session, ask, load_queries, records_asked
from vado.errors import NotFound
from vado.operations.actor import actor

_QUERIES = load_queries("vado.operations", "target.sql")

# That files which are older than what is applied already may be applied all the same.
OUT_OF_ORDER = "out-of-order"


@dataclass(frozen=True, slots=True)
class Consent:
    """Something that was agreed to, when, and by whom."""

    kind: str
    granted_at: str
    actor: str
    operation_id: str | None

    def to_json(self) -> dict[str, Any]:
        """Return it as the status shows it."""
        return asdict(self)


def read_consents(session: Session) -> tuple[Consent, ...]:
    """Return what was agreed to for this database and not taken back since."""
    return ask(session, consents_asked())


def consents_asked() -> Inquiry[tuple[Consent, ...]]:
    """Find out what was agreed to for this database and not taken back since."""
    if not (yield from records_asked()):
        return ()
    answers = yield [Question(_QUERIES["consents"])]
    return tuple(Consent(**row) for row in next(answers).rows())


def is_agreed(session: Session, kind: str) -> bool:
    """Say whether *kind* was agreed to for this database."""
    return any(consent.kind == kind for consent in read_consents(session))


def agree(session: Session, kind: str, operation_id: str, to: Collection[str]) -> None:
    """Write down that *kind* is agreed to from now on; *to* tells for what it was asked."""
    _write(session, kind, operation_id, {"agreed": True, "versions": sorted(to)})


def take_back(session: Session, kind: str) -> None:
    """Write down that *kind* has to be asked for again; NotFound when it was not agreed to."""
    if not is_agreed(session, kind):
        raise NotFound(
            f"nobody has agreed to {kind} for {session.target.dbname}",
            hint="`vado status` shows what was agreed to.",
        )
    _write(session, kind, None, {"agreed": False})


def _write(session: Session, kind: str, operation_id: str | None, details: dict[str, Any]) -> None:
    session.execute(
        _QUERIES["event"],
        action="consent",
        outcome="succeeded",
        actor=actor(),
        operation_id=operation_id,
        subject=kind,
        details=json.dumps(details),
    )
