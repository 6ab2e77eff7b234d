"""A new name breaks everything that still uses the old one."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import Name, object_name, quoted, relation
from vado.risks.subject import Subject

_KINDS = {
    "OBJECT_TABLE": "table",
    "OBJECT_FOREIGN_TABLE": "table",
    "OBJECT_VIEW": "view",
    "OBJECT_MATVIEW": "view",
    "OBJECT_SCHEMA": "schema",
    "OBJECT_TYPE": "type",
    "OBJECT_DOMAIN": "type",
    "OBJECT_FUNCTION": "function",
    "OBJECT_PROCEDURE": "function",
    "OBJECT_AGGREGATE": "function",
    "OBJECT_ROUTINE": "function",
    "OBJECT_SEQUENCE": "sequence",
    "OBJECT_DATABASE": "database",
    "OBJECT_ROLE": "role",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find renames and SET SCHEMA; names of indexes, constraints and triggers concern nobody."""
    node = subject.node
    if node.kind == "AlterObjectSchemaStmt":
        yield from _moved(subject)
    elif node.enum("renameType") in {"OBJECT_COLUMN", "OBJECT_ATTRIBUTE"}:
        yield from _column(subject)
    elif kind := _KINDS.get(node.enum("renameType")):
        yield from _renamed(subject, kind)


def _column(subject: Subject) -> Iterator[Finding]:
    old, new = subject.node.text("subname"), subject.node.text("newname")
    if not subject.table.column(old).new:
        yield Finding(
            "column",
            {
                "table": subject.name,
                "column": quoted(old),
                "new_name": quoted(new),
                "temporary": quoted(f"{subject.table.name}_new"),
            },
        )


def _renamed(subject: Subject, kind: str) -> Iterator[Finding]:
    name, new = _object(subject), subject.node.text("newname")
    object_type = subject.node.enum("renameType")
    if subject.known.created(object_type, name):
        return
    params = {"kind": kind, "name": quoted(*name), "new_name": quoted(*name[:-1], new)}
    if kind != "table":
        yield Finding("object", params)
    elif subject.later.creates("OBJECT_VIEW", name[-1]):
        yield Finding("with_view", params, level="low")
    else:
        yield Finding("table", params)


def _moved(subject: Subject) -> Iterator[Finding]:
    object_type, name = subject.node.enum("objectType"), _object(subject)
    kind = _KINDS.get(object_type)
    if kind is not None and not subject.known.created(object_type, name):
        schema = quoted(subject.node.text("newschema"))
        params = {"kind": kind, "name": quoted(*name), "schema": schema}
        params["new_name"] = f"{schema}.{quoted(name[-1])}"
        yield Finding("moved", params)


def _object(subject: Subject) -> Name:
    if subject.target is not None:
        return tuple(part for part in relation(subject.target) if part)
    named = subject.node.node("object")
    return object_name(named) if named is not None else (subject.node.text("subname"),)


RULE = Rule(
    "rename",
    "compatibility",
    "high",
    ("RenameStmt", "AlterObjectSchemaStmt"),
    check,
    lock="ACCESS EXCLUSIVE",
)
