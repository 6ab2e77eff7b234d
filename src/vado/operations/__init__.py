"""Long actions with state, progress and cancel; the audit log; Vado's state on this machine."""

from vado.operations.actor import actor, os_user
from vado.operations.audit import ChainReport, Entry, record_audit, verify_audit
from vado.operations.job import Job
from vado.operations.jobs import Jobs, Request
from vado.operations.operation import Operation
from vado.operations.records import TargetRecord
from vado.operations.state import Page, State, now

__all__ = [
    "ChainReport",
    "Entry",
    "Job",
    "Jobs",
    "Operation",
    "Page",
    "Request",
    "State",
    "TargetRecord",
    "actor",
    "now",
    "os_user",
    "record_audit",
    "verify_audit",
]
