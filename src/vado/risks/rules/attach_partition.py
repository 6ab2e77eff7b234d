"""Attaching reads the whole new partition, and the default one, while nobody can use them."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find tables with rows that become partitions."""
    partition = subject.definition.node("name")
    table = subject.known.table(partition)
    if not table.new:
        params = {
            "table": subject.name,
            "partition": quoted(*relation(partition)),
            "constraint": quoted(f"{table.name}_bound"),
        }
        yield Finding("partition", params, rows=table.rows)


RULE = Rule(
    "attach-partition",
    "lock",
    "medium",
    ("AT_AttachPartition",),
    check,
    lock="ACCESS EXCLUSIVE",
)
