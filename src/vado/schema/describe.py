"""What belongs to a table, each thing in one line: for details of a change and for DDL."""

from vado.schema.model import CatalogueObject


def column_line(
    column: CatalogueObject, *, identity: bool = True, inherited_not_null: bool = True
) -> str:
    """Return the column as `create table` says it: name, type, and what is unusual about it."""
    name = column.identity.removeprefix(f"{column.parent}.")
    parts = [name, column.text("type") or ""]
    if options := column.texts("foreign_options"):
        parts.append(f"OPTIONS ({', '.join(foreign_option(text) for text in options)})")
    if compression := column.text("compression"):
        parts.append(f"COMPRESSION {compression}")
    if collation := column.text("collation"):
        parts.append(f"COLLATE {collation}")
    parts.extend(_value_clauses(column, identity=identity))
    told = inherited_not_null or not column.flag("not_null_inherited")
    if told and not column.flag("nullable") and not column.flag("not_null_not_valid"):
        parts.append(_not_null(column))
    return " ".join(parts)


def _value_clauses(column: CatalogueObject, *, identity: bool) -> list[str]:
    if kind := column.text("identity_kind"):
        if not identity:
            return []
        options = " ".join([*_sequence(column), *column.texts("identity_options")])
        return [f"GENERATED {kind.upper()} AS IDENTITY" + (f" ({options})" if options else "")]
    if generated := column.text("generated"):
        return [f"GENERATED ALWAYS AS ({column.text('expression')}) {generated.upper()}"]
    default = column.text("default")
    return [] if default is None else [f"DEFAULT {default}"]


def _sequence(column: CatalogueObject) -> list[str]:
    name, persistence = column.text("identity_sequence"), column.text("identity_persistence")
    return [f"SEQUENCE NAME {name}"] * (name is not None) + [persistence or ""] * bool(persistence)


def _not_null(column: CatalogueObject) -> str:
    name = column.text("not_null_name")
    clause = f"CONSTRAINT {name} NOT NULL" if name else "NOT NULL"
    return clause + (" NO INHERIT" if column.flag("not_null_no_inherit") else "")


def constraint_line(constraint: CatalogueObject) -> str:
    """Return the constraint as `create table` says it."""
    name = constraint.identity.removeprefix(f"{constraint.parent}.")
    suffix = " NOT VALID" if constraint.flag("not_valid") else ""
    return f"CONSTRAINT {name} {constraint.definition}{suffix}"


def line(item: CatalogueObject) -> str:
    """Return one line about something that belongs to a table."""
    if item.kind == "column":
        return column_line(item)
    if item.kind == "constraint":
        return constraint_line(item).removeprefix("CONSTRAINT ")
    if item.definition is not None:
        return item.definition
    return item.identity.removeprefix(f"{item.parent}.")


def foreign_option(text: str) -> str:
    """Return an option of a foreign table as statements write it."""
    name, _, value = text.partition("=")
    escaped = value.replace("'", "''")
    return f"{name} '{escaped}'"
