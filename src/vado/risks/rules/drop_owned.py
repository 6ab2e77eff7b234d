"""DROP OWNED deletes every object of a role in this database."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import role_name
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find every DROP OWNED."""
    for role in subject.node.nodes("roles"):
        yield Finding("owned", {"role": role_name(role)})


RULE = Rule("drop-owned", "data_loss", "critical", ("DropOwnedStmt",), check, destructive=True)
