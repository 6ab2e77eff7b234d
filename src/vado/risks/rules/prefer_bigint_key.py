"""An integer key runs out after two thousand million rows, and is slow to widen then."""

from collections.abc import Iterator

from vado.risks.columns import SERIALS, new_columns
from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find primary keys and identities of type integer or smallint."""
    for column, kind, params in new_columns(subject):
        kinds = {item.enum("contype") for item in column.nodes("constraints")}
        narrow = kind.name in {"integer", "smallint"} or (
            kind.name in SERIALS and not kind.name.startswith(("big", "serial8"))
        )
        if narrow and kinds & {"CONSTR_PRIMARY", "CONSTR_IDENTITY"}:
            yield Finding("column", {**params, "type": str(kind)})


RULE = Rule(
    "prefer-bigint-key",
    "compatibility",
    "low",
    ("CreateStmt", "AT_AddColumn"),
    check,
    judges_new=True,
    optional=True,
)
