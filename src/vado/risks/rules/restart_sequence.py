"""A sequence that is set back gives out numbers that are taken."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation, unquoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find RESTART on sequences that the plan did not create."""
    if subject.node.kind == "SelectStmt":
        yield from _set_by_function(subject)
        return
    if subject.command is not None and subject.command.enum("subtype") == "AT_AddIdentity":
        yield from _begun(subject)
        return
    if subject.command is not None:
        options = {option.text("defname") for option in subject.definition.nodes("items")}
        if "restart" in options and not subject.table.column(subject.column).new:
            yield Finding("sequence", {"sequence": f"{subject.name}.{quoted(subject.column)}"})
        return
    name = tuple(part for part in relation(subject.node.node("sequence")) if part)
    options = {option.text("defname") for option in subject.node.nodes("options")}
    if "restart" in options and not subject.known.created("OBJECT_SEQUENCE", name):
        yield Finding("sequence", {"sequence": quoted(*name)})


def _begun(subject: Subject) -> Iterator[Finding]:
    """Find identities that begin at 1 in a column which may hold numbers already."""
    options = {option.text("defname") for option in subject.definition.nodes("options")}
    told = "start" in options or subject.later.sets_sequence(subject.table.name)
    if not told and not subject.table.column(subject.column).new:
        as_text = subject.column.replace("'", "''")
        params = {"table": subject.name, "column": quoted(subject.column), "as_text": as_text}
        yield Finding("identity", params)


def _set_by_function(subject: Subject) -> Iterator[Finding]:
    """Find setval with a number; what is computed from the rows is how a sequence is put right."""
    for target in subject.node.nodes("targetList"):
        call = target.node("val")
        if call is None or call.names("funcname")[-1:] != ("setval",):
            continue
        arguments = call.nodes("args")
        name = arguments[0].node("sval") if arguments else None
        if name is None or len(arguments) < _SETVAL or arguments[1].kind != "A_Const":
            continue
        written = name.text("sval")
        if not subject.known.created("OBJECT_SEQUENCE", unquoted(written)):
            yield Finding("sequence", {"sequence": written})


_SETVAL = 2

RULE = Rule(
    "restart-sequence",
    "integrity",
    "medium",
    ("AlterSeqStmt", "AT_SetIdentity", "AT_AddIdentity", "SelectStmt"),
    check,
)
