"""IF NOT EXISTS accepts the broken index that a cancelled CONCURRENTLY left behind."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find it where an index of that name exists, or where nobody can tell."""
    name = subject.node.text("idxname")
    if not (subject.node.flag("concurrent") and subject.node.flag("if_not_exists")):
        return
    params = {"table": subject.name, "index": quoted(name)}
    index = subject.table.indexes.get(name)
    if index is None:
        if subject.known.facts.catalogue is None:
            yield Finding("unknown", params)
    elif not index.new:
        yield Finding("exists", params) if index.valid else Finding("invalid", params, level="high")


RULE = Rule("concurrently-if-not-exists", "integrity", "low", ("IndexStmt",), check)
