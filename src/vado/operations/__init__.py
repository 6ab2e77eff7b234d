"""Long actions with state, progress and cancel; the audit log; Vado's state on this machine."""

from vado.operations.actor import actor, os_user
from vado.operations.audit import ChainReport, Entry, Outcome, record_audit, verify_audit
from vado.operations.consents import (
    OUT_OF_ORDER,
    Consent,
    agree,
    consents_asked,
    is_agreed,
    read_consents,
    take_back,
)
from vado.operations.job import Job, Said
from vado.operations.jobs import Jobs, Request
from vado.operations.observe import observed
from vado.operations.operation import Operation
from vado.operations.patience import LOCKS_S, Patience
from vado.operations.records import TargetRecord
from vado.operations.state import Page, State, now
from vado.operations.unheard import Unheard

__all__ = [
    "LOCKS_S",
    "OUT_OF_ORDER",
    "ChainReport",
    "Consent",
    "Entry",
    "Job",
    "Jobs",
    "Operation",
    "Outcome",
    "Page",
    "Patience",
    "Request",
    "Said",
    "State",
    "TargetRecord",
    "Unheard",
    "actor",
    "agree",
    "consents_asked",
    "is_agreed",
    "now",
    "observed",
    "os_user",
    "read_consents",
    "record_audit",
    "take_back",
    "verify_audit",
]
