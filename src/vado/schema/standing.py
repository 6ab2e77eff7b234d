"""The statements that make views, and what stands on tables: indexes, triggers, policies."""

from collections.abc import Iterator

from vado.schema.model import CatalogueObject
from vado.schema.names import name_parts, split_column
from vado.schema.remarks import STATES, remarks, split_grantor


def _view(view: CatalogueObject) -> Iterator[str]:
    noun = "VIEW" if view.kind == "view" else "MATERIALIZED VIEW"
    query = (view.definition or "").rstrip(";")
    # The names are given, not left to the query: a view keeps its own when a table changes.
    method = f" USING {view.text('access_method')}" if view.text("access_method") else ""
    yield f"CREATE {noun} {view.identity}{method}{_options(view)} AS\n{query};"
    for default in view.texts("column_defaults"):
        column, _, expression = default.partition(" ")
        yield f"ALTER VIEW {view.identity} ALTER COLUMN {column} SET DEFAULT {expression};"
    alter = f"ALTER MATERIALIZED VIEW {view.identity}"
    for setting in view.texts("column_settings"):
        yield f"{alter} {column_setting(setting)};"
    if identity := view.text("replica_identity"):
        # There is no such clause for views.
        yield f"ALTER TABLE ONLY {view.identity} REPLICA IDENTITY {identity.upper()};"
    yield from remarks(view)


def column_setting(text: str) -> str:
    """Return `alter column ...` for a setting such as `name: storage=external`."""
    column, setting = split_column(text)
    name, _, value = setting.partition("=")
    if name in {"statistics", "storage", "compression"}:
        return f"ALTER COLUMN {column} SET {name.upper()} {value}"
    return f"ALTER COLUMN {column} SET ({setting})"


def _index(item: CatalogueObject) -> Iterator[str]:
    definition, name = item.definition or "", name_parts(item.identity)[-1]
    if (parent := item.parent) is not None and not item.flag("invalid"):
        # On the whole as it stands, so that it takes in the indexes of the partitions.
        definition = definition.replace(f" ON ONLY {parent} ", f" ON {parent} ", 1)
    yield f"{definition};"
    if item.flag("clustered"):
        yield f"ALTER TABLE ONLY {parent} CLUSTER ON {name};"
    if item.flag("replica_identity"):
        yield f"ALTER TABLE ONLY {parent} REPLICA IDENTITY USING INDEX {name};"
    for text in item.texts("statistics"):
        number, _, target = text.partition(": ")
        yield f"ALTER INDEX {item.identity} ALTER COLUMN {number} SET STATISTICS {target};"
    yield from remarks(item)


def _rule(item: CatalogueObject) -> Iterator[str]:
    yield f"{(item.definition or '').rstrip(';')};"
    if state := STATES.get(item.text("enabled") or ""):
        yield f"ALTER TABLE {item.parent} {state} RULE {_name(item)};"
    yield from remarks(item)


def _trigger(item: CatalogueObject) -> Iterator[str]:
    if not item.text("inherits_from"):
        yield f"{item.definition};"
    if state := STATES.get(item.text("enabled") or ""):
        yield f"ALTER TABLE {item.parent} {state} TRIGGER {_name(item)};"
    yield from remarks(item)


def _policy(item: CatalogueObject) -> Iterator[str]:
    kind = "RESTRICTIVE" if item.flag("restrictive") else "PERMISSIVE"
    command = (item.text("command") or "all").upper()
    roles = ", ".join(item.texts("roles"))
    lines = [f"CREATE POLICY {_name(item)} ON {item.parent} AS {kind} FOR {command} TO {roles}"]
    if using := item.text("using"):
        lines.append(f"    USING ({using})")
    if check := item.text("with_check"):
        lines.append(f"    WITH CHECK ({check})")
    yield "\n".join(lines) + ";"
    yield from remarks(item)


def _options(item: CatalogueObject) -> str:
    options = item.texts("options")
    return f" WITH ({', '.join(options)})" if options else ""


def _name(item: CatalogueObject) -> str:
    return item.identity.removeprefix(f"{item.parent}.")


def _defined(item: CatalogueObject) -> Iterator[str]:
    yield f"{item.definition};"
    if (target := item.properties.get("target")) is not None:
        yield f"ALTER STATISTICS {item.identity} SET STATISTICS {target};"
    yield from remarks(item)


def _publication(item: CatalogueObject) -> Iterator[str]:
    # Without ONLY children of inheritance would come along.
    tables = ", ".join(f"ONLY {table}" for table in item.texts("tables"))
    wanted = [f"TABLE {tables}"] if tables else []
    if schemas := item.texts("schemas"):
        wanted.append(f"TABLES IN SCHEMA {', '.join(schemas)}")
    what = " FOR ALL TABLES" if item.flag("all_tables") else ""
    what = what or (f" FOR {', '.join(wanted)}" if wanted else "")
    options = [f"publish = '{', '.join(item.texts('actions'))}'"]
    if item.flag("via_partition_root"):
        options.append("publish_via_partition_root = true")
    if generated := item.text("generated_columns"):
        options.append(f"publish_generated_columns = {generated}")
    yield f"CREATE PUBLICATION {item.identity}{what} WITH ({', '.join(options)});"
    yield from remarks(item)


def _default_privileges(item: CatalogueObject) -> Iterator[str]:
    front, _, objects = item.identity.rpartition(" on ")
    for text in item.texts("grants"):
        verb, _, rest = text.partition(" ")
        direction = " to " if verb == "grant" else " from "
        privileges, _, role = rest.partition(direction)
        role, _grantor = split_grantor(role)
        grant = f"{verb.upper()} {privileges} ON {objects.upper()}{direction.upper()}{role}"
        yield f"ALTER DEFAULT PRIVILEGES {front} {grant};"


STANDING = {
    "statistics": _defined,
    "cast": _defined,
    "operator": _defined,
    "publication": _publication,
    "default_privileges": _default_privileges,
    "view": _view,
    "materialized_view": _view,
    "index": _index,
    "rule": _rule,
    "trigger": _trigger,
    "policy": _policy,
}
