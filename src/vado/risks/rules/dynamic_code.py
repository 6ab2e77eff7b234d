"""What a DO block or a called function does is not seen by reading the migration."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find DO, CALL, and SELECT of functions that users wrote."""
    node = subject.node
    if node.kind == "DoStmt":
        yield Finding("block")
    elif node.kind == "CallStmt":
        call = node.node("funccall")
        yield Finding("call", {"function": quoted(*call.names("funcname")) if call else ""})
    else:
        yield from _select(subject)


def _select(subject: Subject) -> Iterator[Finding]:
    """Functions of the database or the plan; the server's own are known to do no harm here."""
    for target in subject.node.nodes("targetList"):
        call = target.node("val")
        if call is None or call.kind != "FuncCall":
            continue
        name = call.names("funcname")
        written = subject.known.facts.volatility(name[-1]) == "volatile"
        if written or subject.known.created("OBJECT_FUNCTION", name):
            yield Finding("call", {"function": quoted(*name)})


RULE = Rule("dynamic-code", "integrity", "low", ("DoStmt", "CallStmt", "SelectStmt"), check)
