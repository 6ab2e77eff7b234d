"""CREATE TABLE ... PARTITION OF waits for everyone who uses the partitioned table."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation, unquoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find partitions of tables that the plan did not create."""
    if not subject.node.has("partbound"):
        return
    for parent in subject.node.nodes("inhRelations"):
        table = subject.known.table(parent)
        if table.new:
            continue
        params = {"table": quoted(*relation(parent)), "partition": subject.name}
        if table.default_partition:
            default = subject.known.named(unquoted(table.default_partition))
            params["default"] = table.default_partition
            yield Finding("default_partition", params, level="high", rows=default.rows)
        else:
            yield Finding("partition", params)


RULE = Rule("create-partition", "lock", "low", ("CreateStmt",), check, lock="ACCESS EXCLUSIVE")
