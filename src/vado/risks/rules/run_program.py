"""COPY with PROGRAM runs a command on the database server."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find COPY FROM PROGRAM and COPY TO PROGRAM."""
    if subject.node.flag("is_program"):
        yield Finding("program", {"command": subject.node.text("filename")})


RULE = Rule("run-program", "access", "high", ("CopyStmt",), check, judges_new=True)
