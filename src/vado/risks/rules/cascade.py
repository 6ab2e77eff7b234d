"""DROP ... CASCADE also drops what nobody named."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject

# CASCADE on these reaches columns of other tables.
_DROPS_COLUMNS = {
    "OBJECT_TYPE": "type",
    "OBJECT_DOMAIN": "type",
    "OBJECT_EXTENSION": "extension",
    "OBJECT_FUNCTION": "function",
    "OBJECT_PROCEDURE": "function",
    "OBJECT_AGGREGATE": "function",
    "OBJECT_ROUTINE": "function",
    "OBJECT_SEQUENCE": "sequence",
}
_CATALOGUE_KINDS = {
    "OBJECT_TABLE": "table",
    "OBJECT_VIEW": "view",
    "OBJECT_MATVIEW": "materialized_view",
    "OBJECT_FOREIGN_TABLE": "foreign_table",
}
_LISTED = 10


def check(subject: Subject) -> Iterator[Finding]:
    """Find CASCADE in DROP and in ALTER TABLE ... DROP; a schema has its own rule."""
    if not subject.cascade:
        return
    if subject.command is not None:
        yield from _command(subject)
    elif subject.node.enum("removeType") != "OBJECT_SCHEMA":
        yield from _drop(subject)


def _command(subject: Subject) -> Iterator[Finding]:
    part = {"AT_DropColumn": subject.table.column(subject.column).new}
    if not part.get(subject.command.enum("subtype") if subject.command else "", False):
        yield Finding("part", {"name": f"{subject.name}.{quoted(subject.column)}"})


def _drop(subject: Subject) -> Iterator[Finding]:
    kind = subject.node.enum("removeType")
    for part, name in subject.objects():
        if _is_new(subject, kind, name):
            continue
        params = {"name": quoted(*name)}
        if variant := _DROPS_COLUMNS.get(kind):
            critical = variant != "sequence"
            yield Finding(
                variant,
                params,
                part,
                "critical" if critical else "high",
                "data_loss" if critical else "integrity",
                destructive=critical,
            )
        else:
            yield from _object(subject, kind, name, part)


def _is_new(subject: Subject, kind: str, name: tuple[str, ...]) -> bool:
    if kind in _CATALOGUE_KINDS:
        table = subject.known.named(name)
        return (table.new and not table.present) or (
            table.absent and subject.node.flag("missing_ok")
        )
    return subject.known.created(kind, name)


def _object(
    subject: Subject, kind: str, name: tuple[str, ...], part: int | None
) -> Iterator[Finding]:
    table = subject.known.named(name)
    catalogue_kind = _CATALOGUE_KINDS.get(kind, "")
    found = sorted(set(subject.known.facts.dependants(catalogue_kind, table.schema, table.name)))
    inside = f"{quoted(table.schema, table.name)}."
    others = [identity for identity in found if not identity.startswith(inside)]
    if others:
        listed = ", ".join(others[:_LISTED])
        yield Finding(
            "listed", {"name": quoted(*name), "count": len(others), "listed": listed}, part
        )
    else:
        yield Finding("object", {"name": quoted(*name)}, part)


RULE = Rule(
    "cascade",
    "integrity",
    "high",
    ("DropStmt", "AT_DropColumn", "AT_DropConstraint"),
    check,
    lock="ACCESS EXCLUSIVE",
    destructive=True,
)
