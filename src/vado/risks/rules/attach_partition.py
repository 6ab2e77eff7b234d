"""Attaching reads the whole new partition, and the default one, while nobody can use them."""

from collections.abc import Iterator

from vado.risks.bounds import proves_bound
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation, unquoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find tables with rows that become partitions, unless their checks prove where they belong."""
    partition = subject.definition.node("name")
    table = subject.known.table(partition)
    parent = subject.table
    params = {
        "table": subject.name,
        "partition": quoted(*relation(partition)),
        "constraint": quoted(f"{table.name}_bound"),
    }
    bound = subject.definition.node("bound")
    proven = bound is not None and proves_bound(table, parent.partition_by, bound)
    if not table.new and not proven:
        yield Finding("partition", params, rows=table.rows)
    elif parent.default_partition:
        default = subject.known.named(unquoted(parent.default_partition))
        yield Finding(
            "default_partition",
            {**params, "default": parent.default_partition},
            level="high",
            rows=default.rows,
        )


RULE = Rule(
    "attach-partition",
    "lock",
    "medium",
    ("AT_AttachPartition",),
    check,
    lock="ACCESS EXCLUSIVE",
)
