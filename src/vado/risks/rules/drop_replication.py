"""Dropping a publication, subscription or foreign server cuts others off."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject

_KINDS = {
    "OBJECT_PUBLICATION": "publication",
    "OBJECT_FOREIGN_SERVER": "server",
    "OBJECT_FDW": "server",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find publications and servers that the plan did not create, and subscriptions."""
    if subject.node.kind == "DropSubscriptionStmt":
        yield Finding("subscription", {"name": quoted(subject.node.text("subname"))})
        return
    if subject.node.kind == "DropUserMappingStmt":
        yield Finding("user_mapping", {"name": quoted(subject.node.text("servername"))})
        return
    if subject.node.kind == "AlterPublicationStmt":
        publication = subject.node.text("pubname")
        drops = subject.node.enum("action") in {"AP_DropObjects", "AP_SetObjects"}
        if drops and not subject.known.created("OBJECT_PUBLICATION", (publication,)):
            yield Finding("tables", {"name": quoted(publication)})
        return
    kind = subject.node.enum("removeType")
    for part, name in subject.objects():
        if not subject.known.created(kind, name):
            yield Finding(_KINDS[kind], {"name": quoted(*name)}, part)


RULE = Rule(
    "drop-replication",
    "compatibility",
    "medium",
    (
        "DropStmt.OBJECT_PUBLICATION",
        "DropStmt.OBJECT_FOREIGN_SERVER",
        "DropStmt.OBJECT_FDW",
        "DropSubscriptionStmt",
        "DropUserMappingStmt",
        "AlterPublicationStmt",
    ),
    check,
)
