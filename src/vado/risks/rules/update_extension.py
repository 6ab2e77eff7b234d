"""A new version of an extension runs its authors' upgrade script on your objects."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find ALTER EXTENSION ... UPDATE."""
    yield Finding("extension", {"extension": quoted(subject.node.text("extname"))})


RULE = Rule("update-extension", "compatibility", "low", ("AlterExtensionStmt",), check)
