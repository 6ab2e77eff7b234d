"""PostgreSQL cuts names after 63 bytes, so that two of them may become one."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.places import words
from vado.risks.subject import Subject

_LONGEST_BYTES = 63


def check(subject: Subject) -> Iterator[Finding]:
    """Find names that are cut."""
    text = subject.statement.text
    for word in words(text):
        written = text[word.start : word.end]
        name = written.strip('"') if written.startswith('"') else written
        if written[:1] not in "'$0123456789" and len(name.encode()) > _LONGEST_BYTES:
            yield Finding("name", {"name": name})


RULE = Rule(
    "name-too-long",
    "compatibility",
    "low",
    (
        "CreateStmt",
        "AlterTableStmt",
        "IndexStmt",
        "RenameStmt",
        "ViewStmt",
        "CreateFunctionStmt",
        "CreateTrigStmt",
        "CreateTableAsStmt",
        "CreateSchemaStmt",
        "CreateSeqStmt",
        "CreateEnumStmt",
        "CreatePolicyStmt",
    ),
    check,
    judges_new=True,
    optional=True,
)
