"""Dropping an operator, collation, cast or the like changes or breaks what uses it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject

_KINDS = {
    "OBJECT_ACCESS_METHOD": "access_method",
    "OBJECT_CAST": "cast",
    "OBJECT_COLLATION": "collation",
    "OBJECT_CONVERSION": "conversion",
    "OBJECT_LANGUAGE": "language",
    "OBJECT_OPCLASS": "operator_class",
    "OBJECT_OPERATOR": "operator",
    "OBJECT_OPFAMILY": "operator_family",
    "OBJECT_TRANSFORM": "transform",
    "OBJECT_TSCONFIGURATION": "text_search",
    "OBJECT_TSDICTIONARY": "text_search",
    "OBJECT_TSPARSER": "text_search",
    "OBJECT_TSTEMPLATE": "text_search",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find the kinds that have no rule of their own."""
    yield Finding("object", {"kind": _KINDS[subject.node.enum("removeType")]})


RULE = Rule(
    "drop-object",
    "compatibility",
    "medium",
    tuple(f"DropStmt.{kind}" for kind in _KINDS),
    check,
)
