"""Detaching a partition waits for everyone who uses the partitioned table."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find DETACH PARTITION without CONCURRENTLY."""
    if not subject.definition.flag("concurrent"):
        partition = quoted(*relation(subject.definition.node("name")))
        yield Finding("partition", {"table": subject.name, "partition": partition})


RULE = Rule(
    "detach-partition",
    "lock",
    "medium",
    ("AT_DetachPartition",),
    check,
    lock="ACCESS EXCLUSIVE",
)
