"""Some statements PostgreSQL refuses whatever the rows are; the migration would stop there."""

import re
from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject
from vado.risks.tables import Table


def check(subject: Subject) -> Iterator[Finding]:
    """Find what the catalogue or the plan itself shows to be refused."""
    key = subject.command.enum("subtype") if subject.command is not None else subject.node.kind
    yield from _CHECKS[key](subject)


def _index(subject: Subject) -> Iterator[Finding]:
    if subject.node.flag("concurrent") and subject.table.partitioned:
        yield Finding("concurrently_partitioned", {"table": subject.name})


def _drop(subject: Subject) -> Iterator[Finding]:
    if subject.node.enum("removeType") != "OBJECT_INDEX" or not subject.node.flag("concurrent"):
        return
    for part, name in subject.objects():
        table = subject.known.index_table(name)
        if table is not None and table.partitioned:
            yield Finding("drop_concurrently_partitioned", {"index": quoted(*name)}, part)


def _detach(subject: Subject) -> Iterator[Finding]:
    if subject.definition.flag("concurrent") and subject.table.default_partition:
        partition = quoted(*relation(subject.definition.node("name")))
        yield Finding("detach_with_default", {"table": subject.name, "partition": partition})


def _refresh(subject: Subject) -> Iterator[Finding]:
    view = subject.table
    if not subject.node.flag("concurrent") or not view.present:
        return
    if not any(_identifies_rows(view, name) for name in view.indexes):
        yield Finding("refresh_without_unique", {"view": subject.name})


def _identifies_rows(view: Table, name: str) -> bool:
    index = view.indexes[name]
    return index.unique and not index.partial and "" not in index.columns and index.valid


def _truncate(subject: Subject) -> Iterator[Finding]:
    if subject.cascade:
        return
    tables = [subject.known.table(node) for node in subject.node.nodes("relations")]
    named = {quoted(table.schema, table.name) for table in tables}
    for number, table in enumerate(tables):
        identity = quoted(table.schema, table.name)
        others = sorted(set(subject.known.facts.referencing(identity)) - named)
        if others:
            params = {"table": quoted(table.name), "listed": ", ".join(others)}
            part = number if len(tables) > 1 else None
            yield Finding("truncate_referenced", params, part)


def _drop_not_null(subject: Subject) -> Iterator[Finding]:
    for constraint in subject.table.constraints.values():
        node = constraint.node if constraint.definition.startswith("PRIMARY KEY") else None
        if node is not None and subject.column in node.names("keys"):
            params = {"table": subject.name, "column": quoted(subject.column)}
            yield Finding("not_null_of_key", params)


def _change_type(subject: Subject) -> Iterator[Finding]:
    table, word = subject.table, re.compile(rf"\b{re.escape(subject.column)}\b")
    users = subject.known.facts.readers(quoted(table.schema, table.name))
    found = sorted({name for name, definition in users if word.search(definition)})
    if found and subject.column in table.columns:
        params = {"table": subject.name, "column": quoted(subject.column)}
        yield Finding("type_used", {**params, "listed": ", ".join(found)})


def _uses_value(subject: Subject) -> Iterator[Finding]:
    values = subject.known.fresh_values
    if not values:
        return
    for node in subject.node.walk():
        if node.kind == "A_Const" and (text := node.node("sval")) is not None:
            value = text.text("sval")
            if value in values:
                yield Finding("fresh_value", {"value": value, "type": quoted(*values[value])})
                return


_CHECKS = {
    "IndexStmt": _index,
    "DropStmt": _drop,
    "AT_DetachPartition": _detach,
    "RefreshMatViewStmt": _refresh,
    "TruncateStmt": _truncate,
    "AT_DropNotNull": _drop_not_null,
    "AT_AlterColumnType": _change_type,
    "AT_ColumnDefault": _uses_value,
    "AT_AddColumn": _uses_value,
    "InsertStmt": _uses_value,
    "UpdateStmt": _uses_value,
    "CreateStmt": _uses_value,
}

RULE = Rule("will-fail", "compatibility", "medium", tuple(_CHECKS), check, judges_new=True)
