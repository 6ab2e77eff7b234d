"""VALIDATE in the transaction that added the constraint scans under the stronger lock."""

from collections.abc import Iterator

from vado.risks.model import Finding, Lock, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find constraints that this very transaction added as NOT VALID."""
    constraint = subject.table.constraints.get(subject.column)
    if constraint is None or constraint.added_in != subject.known.transaction:
        return
    params = {"table": subject.name, "constraint": quoted(subject.column)}
    foreign = constraint.kind == "CONSTR_FOREIGN"
    lock: Lock = "SHARE ROW EXCLUSIVE" if foreign else "ACCESS EXCLUSIVE"
    yield Finding("foreign_key" if foreign else "check", params, rows=subject.table.rows, lock=lock)


RULE = Rule(
    "validate-in-same-transaction",
    "lock",
    "high",
    ("AT_ValidateConstraint",),
    check,
    lock="ACCESS EXCLUSIVE",
)
