"""The statement that takes another one back, as far as its text alone tells."""

from collections.abc import Callable

from vado.migrations.spelling import Name, relation, spelled, type_name
from vado.sql import Node, Statement

_LONGEST_NAME = 63
_SHOWN = 60


class Left(Exception):
    """What the statement made stays, which harms nothing; `what` begins the statement.

    `code` says why: if_not_exists, grant_or_comment or refreshed.
    """

    def __init__(self, what: str, code: str) -> None:
        super().__init__(what)
        self.what = what
        self.code = code


def inverse_of(statement: Statement) -> str | None:
    """Return the way back, None where there is none to be told; Left for what had better stay."""
    first = " ".join(statement.text.split())
    if statement.node.flag("if_not_exists"):
        raise Left(f"{first[:_SHOWN]} (it may have been there before)", "if_not_exists")
    if statement.kind in {"grant_stmt", "comment_stmt"}:
        raise Left(first[:_SHOWN], "grant_or_comment")
    if statement.kind == "refresh_mat_view_stmt":
        raise Left(first[:_SHOWN], "refreshed")
    if statement.node.flag("replace"):
        # What stood there before is not in the text.
        return None
    found = _INVERSES.get(statement.kind)
    text = found(statement.node) if found else None
    return None if text is None else f"{text};"


def _create_table(node: Node) -> str:
    return f"drop table {relation(node.node('relation'))}"


def _create_table_as(node: Node) -> str | None:
    into = node.node("into")
    kind = {"OBJECT_TABLE": "table", "OBJECT_MATVIEW": "materialized view"}[node.enum("objtype")]
    return None if into is None else f"drop {kind} {relation(into.node('rel'))}"


def _create_index(node: Node) -> str | None:
    table = node.node("relation")
    if table is None:
        return None
    name = node.text("idxname")
    if not name:
        columns = [element.text("name") for element in node.nodes("indexParams")]
        name = _made_name(table.text("relname"), columns, "idx") or ""
    if not name:
        return None
    concurrently = "concurrently " if node.flag("concurrent") else ""
    return f"drop index {concurrently}{spelled(table.text('schemaname'), name)}"


def _made_name(table: str, columns: list[str], ending: str) -> str | None:
    """Return the name that PostgreSQL gives, None where it would shorten or number it."""
    name = "_".join((table, *columns, ending))
    return name if all(columns) and len(name.encode()) <= _LONGEST_NAME else None


def _create_function(node: Node) -> str | None:
    kind = "procedure" if node.flag("is_procedure") else "function"
    arguments = []
    for parameter in node.nodes("parameters"):
        if parameter.enum("mode") in {"FUNC_PARAM_OUT", "FUNC_PARAM_TABLE"}:
            continue
        name = type_name(parameter.node("argType"))
        if name is None:
            return None
        arguments.append(name)
    return f"drop {kind} {spelled(*node.names('funcname'))}({', '.join(arguments)})"


def _create_schema(node: Node) -> str | None:
    if node.nodes("schemaElts") or not node.text("schemaname"):
        return None
    return f"drop schema {spelled(node.text('schemaname'))}"


def _named(kind: str, field: str) -> Callable[[Node], str | None]:
    """Return what drops an object whose name stands in a field by itself."""
    return lambda node: f"drop {kind} {spelled(node.text(field))}"


def _qualified(kind: str, field: str) -> Callable[[Node], str | None]:
    def dropped(node: Node) -> str | None:
        name = spelled(*node.names(field))
        return f"drop {kind} {name}" if name else None

    return dropped


def _relational(kind: str, field: str) -> Callable[[Node], str | None]:
    return lambda node: f"drop {kind} {relation(node.node(field))}"


def _on_table(kind: str, name: str, table: str) -> Callable[[Node], str | None]:
    return lambda node: f"drop {kind} {spelled(node.text(name))} on {relation(node.node(table))}"


def _alter_table(node: Node) -> str | None:
    if node.enum("objtype") != "OBJECT_TABLE":
        return None
    table = node.node("relation")
    if table is None or node.flag("missing_ok"):
        return None
    ways_back: list[str] = []
    for command in node.nodes("cmds"):
        inverse = _COMMANDS.get(command.enum("subtype"))
        way_back = inverse(command, table.text("relname")) if inverse else None
        if way_back is None or command.flag("missing_ok"):
            return None
        ways_back.insert(0, way_back)
    return f"alter table {relation(table)} {', '.join(ways_back)}"


def _add_column(command: Node, _table: str) -> str | None:
    column = command.node("def")
    return None if column is None else f"drop column {spelled(column.text('colname'))}"


def _add_constraint(command: Node, table: str) -> str | None:
    constraint = command.node("def")
    if constraint is None:
        return None
    name = constraint.text("conname") or _constraint_name(constraint, table)
    return f"drop constraint {spelled(name)}" if name else None


def _constraint_name(constraint: Node, table: str) -> str | None:
    match constraint.enum("contype"):
        case "CONSTR_PRIMARY":
            return _made_name(table, [], "pkey")
        case "CONSTR_UNIQUE":
            return _made_name(table, list(constraint.names("keys")), "key")
        case "CONSTR_FOREIGN":
            return _made_name(table, list(constraint.names("fk_attrs")), "fkey")
        case _:
            return None


def _column(words: str) -> Callable[[Node, str], str | None]:
    return lambda command, _table: f"alter column {spelled(command.text('name'))} {words}"


def _switch(words: str) -> Callable[[Node, str], str | None]:
    return lambda _command, _table: words


def _parent(words: str) -> Callable[[Node, str], str | None]:
    return lambda command, _table: f"{words} {relation(command.node('def'))}"


def _attach(command: Node, _table: str) -> str | None:
    partition = command.node("def")
    return None if partition is None else f"detach partition {relation(partition.node('name'))}"


def _rename(node: Node) -> str | None:
    kind = node.enum("renameType").removeprefix("OBJECT_").lower()
    old, new = node.text("subname"), node.text("newname")
    table = node.node("relation")
    if kind in {"column", "attribute", "tabconstraint"} and table is not None:
        part = {"tabconstraint": "constraint"}.get(kind, kind)
        whole = "type" if kind == "attribute" else "table"
        name = relation(table)
        return f"alter {whole} {name} rename {part} {spelled(new)} to {spelled(old)}"
    if kind in _RENAMED_RELATIONS and table is not None:
        was = table.text("relname")
        name = spelled(table.text("schemaname"), new)
        return f"alter {_RENAMED_RELATIONS[kind]} {name} rename to {spelled(was)}"
    if kind == "schema":
        return f"alter schema {spelled(new)} rename to {spelled(old)}"
    thing = node.node("object")
    if kind in {"type", "domain"} and thing is not None:
        names: Name = thing.names("items")
        name = spelled(*names[:-1], new)
        return f"alter {kind} {name} rename to {spelled(names[-1])}"
    return None


_RENAMED_RELATIONS = {
    "table": "table",
    "index": "index",
    "view": "view",
    "matview": "materialized view",
    "sequence": "sequence",
}


def _alter_enum(node: Node) -> str | None:
    old, new = node.text("oldVal"), node.text("newVal")
    # A value that was added cannot be taken away.
    if not old:
        return None
    name = spelled(*node.names("typeName"))
    return f"alter type {name} rename value {_text(new)} to {_text(old)}"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


_INVERSES: dict[str, Callable[[Node], str | None]] = {
    "create_stmt": _create_table,
    "create_table_as_stmt": _create_table_as,
    "index_stmt": _create_index,
    "view_stmt": _relational("view", "view"),
    "create_function_stmt": _create_function,
    "create_schema_stmt": _create_schema,
    "create_extension_stmt": _named("extension", "extname"),
    "create_seq_stmt": _relational("sequence", "sequence"),
    "create_enum_stmt": _qualified("type", "typeName"),
    "create_range_stmt": _qualified("type", "typeName"),
    "composite_type_stmt": _relational("type", "typevar"),
    "create_domain_stmt": _qualified("domain", "domainname"),
    "create_stats_stmt": _qualified("statistics", "defnames"),
    "create_publication_stmt": _named("publication", "pubname"),
    "create_event_trig_stmt": _named("event trigger", "trigname"),
    "create_trig_stmt": _on_table("trigger", "trigname", "relation"),
    "create_policy_stmt": _on_table("policy", "policy_name", "table"),
    "rule_stmt": _on_table("rule", "rulename", "relation"),
    "alter_table_stmt": _alter_table,
    "alter_enum_stmt": _alter_enum,
    "rename_stmt": _rename,
}

_COMMANDS: dict[str, Callable[[Node, str], str | None]] = {
    "AT_AddColumn": _add_column,
    "AT_AddConstraint": _add_constraint,
    "AT_SetNotNull": _column("drop not null"),
    "AT_DropNotNull": _column("set not null"),
    "AT_EnableRowSecurity": _switch("disable row level security"),
    "AT_DisableRowSecurity": _switch("enable row level security"),
    "AT_ForceRowSecurity": _switch("no force row level security"),
    "AT_NoForceRowSecurity": _switch("force row level security"),
    "AT_AddInherit": _parent("no inherit"),
    "AT_DropInherit": _parent("inherit"),
    "AT_AttachPartition": _attach,
}
