"""Adding a column whose value differs from row to row rewrites the table."""

from collections.abc import Iterator

from vado.risks.column_types import type_of
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.places import words
from vado.risks.subject import Subject
from vado.risks.volatility import is_volatile
from vado.sql import Node

_SERIAL = frozenset({"smallserial", "serial2", "serial", "serial4", "bigserial", "serial8"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find volatile defaults, serials, identities, stored generated columns, checked domains."""
    if subject.table.foreign or _exists(subject):
        return
    if variant := _variant(subject):
        params = {
            "table": subject.name,
            "column": quoted(subject.definition.text("colname")),
            "type": str(type_of(subject.definition.node("typeName"))),
            "sequence": quoted(f"{subject.table.name}_{subject.definition.text('colname')}_seq"),
            "default": _default_text(subject),
        }
        yield Finding(variant, params, rows=subject.table.rows)


def _exists(subject: Subject) -> bool:
    command = subject.command
    name = subject.definition.text("colname")
    return command is not None and command.flag("missing_ok") and name in subject.table.columns


def _variant(subject: Subject) -> str:
    type_node = subject.definition.node("typeName")
    names = type_node.names("names") if type_node is not None else ()
    if names[-1:] and names[-1] in _SERIAL:
        return "serial"
    for constraint in subject.definition.nodes("constraints"):
        if found := _of_constraint(subject, constraint):
            return found
    return "domain" if subject.known.constrained_domain(names) else ""


def _of_constraint(subject: Subject, constraint: Node) -> str:
    match constraint.enum("contype"):
        case "CONSTR_IDENTITY":
            return "identity"
        case "CONSTR_GENERATED" if constraint.text("generated_kind") != "v":
            return "stored"
        case "CONSTR_DEFAULT" if is_volatile(constraint.node("raw_expr"), subject.known):
            return "volatile"
        case _:
            return ""


def _default_text(subject: Subject) -> str:
    """Return the source of the default, up to the next constraint of the column."""
    found = list(words(subject.source))
    ends = {"not", "null", "check", "constraint", "references", "unique", "primary", "collate"}
    start = next((i + 1 for i, word in enumerate(found) if word.text == "default"), len(found))
    end = next((i for i in range(start + 1, len(found)) if found[i].text in ends), len(found))
    return subject.source[found[start].start : found[end - 1].end] if start < end else ""


RULE = Rule(
    "add-column-rewrite",
    "rewrite",
    "high",
    ("AT_AddColumn",),
    check,
    lock="ACCESS EXCLUSIVE",
)
