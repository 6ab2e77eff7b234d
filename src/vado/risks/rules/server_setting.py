"""A setting of the server or database changes how everyone's queries run."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find ALTER SYSTEM and ALTER DATABASE."""
    setting = subject.node.node("setstmt")
    name = setting.text("name") if setting is not None else ""
    if subject.node.kind == "AlterDatabaseStmt":
        name = ", ".join(option.text("defname") for option in subject.node.nodes("options"))
    if subject.node.kind == "AlterSystemStmt":
        yield Finding("system", {"setting": name}, level="high")
    else:
        yield Finding("database", {"setting": name, "name": quoted(subject.node.text("dbname"))})


RULE = Rule(
    "server-setting",
    "compatibility",
    "medium",
    ("AlterSystemStmt", "AlterDatabaseSetStmt", "AlterDatabaseStmt"),
    check,
)
