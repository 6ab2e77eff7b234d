"""REFRESH keeps readers out of the materialised view until its query has run."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find REFRESH without CONCURRENTLY."""
    if not subject.node.flag("concurrent"):
        yield Finding("view", {"view": subject.name}, rows=subject.table.rows)


RULE = Rule(
    "refresh-materialized-view",
    "lock",
    "medium",
    ("RefreshMatViewStmt",),
    check,
    lock="ACCESS EXCLUSIVE",
)
