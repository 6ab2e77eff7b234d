"""Detaching a partition waits for everyone who uses the partitioned table."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find DETACH PARTITION without CONCURRENTLY, and NO INHERIT."""
    if subject.command is not None and subject.command.enum("subtype") == "AT_DropInherit":
        parent = quoted(*relation(subject.definition))
        params = {"table": parent, "partition": subject.name}
        yield Finding("inherit", params, category="compatibility")
        return
    if not subject.definition.flag("concurrent"):
        partition = quoted(*relation(subject.definition.node("name")))
        yield Finding("partition", {"table": subject.name, "partition": partition})


RULE = Rule(
    "detach-partition",
    "lock",
    "medium",
    ("AT_DetachPartition", "AT_DropInherit"),
    check,
    lock="ACCESS EXCLUSIVE",
)
