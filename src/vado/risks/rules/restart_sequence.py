"""A sequence that is set back gives out numbers that are taken."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find RESTART on sequences that the plan did not create."""
    if subject.command is not None:
        options = {option.text("defname") for option in subject.definition.nodes("items")}
        if "restart" in options and not subject.table.column(subject.column).new:
            yield Finding("sequence", {"sequence": f"{subject.name}.{quoted(subject.column)}"})
        return
    name = tuple(part for part in relation(subject.node.node("sequence")) if part)
    options = {option.text("defname") for option in subject.node.nodes("options")}
    if "restart" in options and not subject.known.created("OBJECT_SEQUENCE", name):
        yield Finding("sequence", {"sequence": quoted(*name)})


RULE = Rule("restart-sequence", "integrity", "medium", ("AlterSeqStmt", "AT_SetIdentity"), check)
