"""An unlogged table is emptied after a crash; either change rewrites it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find SET UNLOGGED and SET LOGGED."""
    unlogged = subject.command is not None and subject.command.enum("subtype") == "AT_SetUnLogged"
    if unlogged:
        params = {"table": subject.name}
        yield Finding("unlogged", params, category="data_loss", rows=subject.table.rows)
    else:
        yield Finding("logged", {"table": subject.name}, rows=subject.table.rows)


RULE = Rule(
    "set-unlogged",
    "rewrite",
    "high",
    ("AT_SetUnLogged", "AT_SetLogged"),
    check,
    lock="ACCESS EXCLUSIVE",
)
