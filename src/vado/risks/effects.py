"""What each statement of a plan does to what is known, so that later ones are judged rightly."""

from collections.abc import Callable
from typing import TypeVar

from vado.risks.known import Known, constraint_of
from vado.risks.names import Name, object_name, pair, relation
from vado.risks.tables import Column, Constraint, Index, Table
from vado.sql import Node, Statement

Effect = Callable[[Known, Node], None]
Part = TypeVar("Part", Column, Constraint)


def take(known: Known, statement: Statement) -> None:
    """Let *known* learn from a statement that was judged."""
    if statement.node.kind == "CreateFunctionStmt":
        known.functions[statement.node.names("funcname")[-1]] = statement
    if effect := _EFFECTS.get(statement.node.kind):
        effect(known, statement.node)
    if not statement.transactional:
        known.split()


def _create_table(known: Known, node: Node) -> None:
    target = node.node("relation")
    _put(known, target, doubtful=node.flag("if_not_exists"))
    table = known.table(target)
    for element in node.nodes("tableElts"):
        _table_element(known, table, element)
    table.partitioned = node.has("partspec")


def _table_element(known: Known, table: Table, element: Node) -> None:
    if element.kind == "ColumnDef":
        table.columns[element.text("colname")] = Column(new=True, written=element.node("typeName"))
    elif element.kind == "Constraint":
        _add_constraint(known, table, element)


def _create_table_as(known: Known, node: Node) -> None:
    into = node.node("into") or node.node("intoClause")
    if into is not None:
        _put(known, into.node("rel"), doubtful=node.flag("if_not_exists"))


def _create_view(known: Known, node: Node) -> None:
    view = node.node("view")
    # CREATE OR REPLACE may meet a view that others already use.
    if not node.flag("replace"):
        _put(known, view)
        known.create("OBJECT_VIEW", _short(relation(view)))


def _put(known: Known, target: Node | None, *, doubtful: bool = False) -> None:
    if target is not None:
        temporary = target.text("relpersistence") == "t"
        known.put(relation(target), doubtful=doubtful, temporary=temporary)


def _create_index(known: Known, node: Node) -> None:
    table = known.table(node.node("relation"))
    columns = tuple(element.text("name") for element in node.nodes("indexParams"))
    name = node.text("idxname") or "_".join((table.name, *columns, "idx"))
    table.indexes[name] = Index(
        name,
        columns,
        unique=node.flag("unique"),
        partial=node.has("whereClause"),
        new=True,
        written=node,
    )


def _alter_table(known: Known, node: Node) -> None:
    if node.enum("objtype") == "OBJECT_TYPE":
        return
    table = known.table(node.node("relation"))
    for command in node.nodes("cmds"):
        if command.enum("subtype") not in _LETS_OTHERS_READ and not _is_foreign_key(command):
            known.block(table)
        if change := _COMMANDS.get(command.enum("subtype")):
            change(known, table, command)


def _is_foreign_key(command: Node) -> bool:
    node = command.node("def")
    return node is not None and node.enum("contype") == "CONSTR_FOREIGN"


def _add_column(known: Known, table: Table, command: Node) -> None:
    column = command.node("def")
    if column is None or (command.flag("missing_ok") and column.text("colname") in table.columns):
        return
    name = column.text("colname")
    table.columns[name] = Column(new=True, written=column.node("typeName"))
    for constraint in column.nodes("constraints"):
        if constraint.enum("contype") == "CONSTR_NOTNULL":
            table.columns[name].not_null = True
        elif constraint.enum("contype") in _CHECKED:
            _add_constraint(known, table, constraint, name)


# Measured: every other command of ALTER TABLE takes ACCESS EXCLUSIVE.
_LETS_OTHERS_READ = frozenset(
    {
        "AT_SetStatistics",
        "AT_SetOptions",
        "AT_ResetOptions",
        "AT_SetRelOptions",
        "AT_ResetRelOptions",
        "AT_ClusterOn",
        "AT_DropCluster",
        "AT_ValidateConstraint",
        "AT_AttachPartition",
        "AT_EnableTrig",
        "AT_EnableTrigAll",
        "AT_EnableTrigUser",
        "AT_DisableTrig",
        "AT_DisableTrigAll",
        "AT_DisableTrigUser",
    }
)
_CHECKED = frozenset({"CONSTR_CHECK", "CONSTR_FOREIGN", "CONSTR_UNIQUE", "CONSTR_PRIMARY"})


def _drop_column(_known: Known, table: Table, command: Node) -> None:
    table.columns.pop(command.text("name"), None)


def _alter_type(_known: Known, table: Table, command: Node) -> None:
    definition = command.node("def")
    if definition is not None and (column := table.columns.get(command.text("name"))):
        column.known, column.written = None, definition.node("typeName")


def _set_not_null(_known: Known, table: Table, command: Node) -> None:
    table.columns.setdefault(command.text("name"), Column()).not_null = True


def _drop_not_null(_known: Known, table: Table, command: Node) -> None:
    table.columns.setdefault(command.text("name"), Column()).not_null = False


def _constraint_command(known: Known, table: Table, command: Node) -> None:
    if (node := command.node("def")) is not None:
        _add_constraint(known, table, node)


def _add_constraint(known: Known, table: Table, node: Node, column: str = "") -> None:
    constraint = constraint_of(node, table, column)
    constraint.added_in = known.transaction
    table.constraints[constraint.name] = constraint
    kind = node.enum("contype")
    if kind in {"CONSTR_PRIMARY", "CONSTR_UNIQUE"}:
        columns = node.names("keys") or ((column,) if column else ())
        table.indexes[constraint.name] = Index(constraint.name, columns, unique=True, new=True)
    if kind == "CONSTR_PRIMARY":
        for key in node.names("keys"):
            table.columns.setdefault(key, Column()).not_null = True


def _validate(_known: Known, table: Table, command: Node) -> None:
    if constraint := table.constraints.get(command.text("name")):
        constraint.validated = True


def _drop_constraint(_known: Known, table: Table, command: Node) -> None:
    table.constraints.pop(command.text("name"), None)
    table.indexes.pop(command.text("name"), None)


def _insert(known: Known, node: Node) -> None:
    query = node.node("selectStmt")
    # A query may find nothing; what stands in VALUES is there.
    if query is not None and query.has("valuesLists") and not known.conditional:
        known.table(node.node("relation")).filled = True


def _rename(known: Known, node: Node) -> None:
    if node.enum("renameType") in {"OBJECT_TABLE", "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT"}:
        known.block(known.table(node.node("relation")))
    kind, new = node.enum("renameType"), node.text("newname")
    if kind == "OBJECT_SCHEMA":
        known.rename_schema(node.text("subname"), new)
    elif kind in {"OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE"}:
        table = known.table(node.node("relation"))
        known.move(relation(node.node("relation")), to=(table.schema, new))
    elif kind in {"OBJECT_COLUMN", "OBJECT_TABCONSTRAINT"} and node.node("relation"):
        table = known.table(node.node("relation"))
        if kind == "OBJECT_COLUMN":
            _rename_key(table.columns, node.text("subname"), new)
        else:
            _rename_key(table.constraints, node.text("subname"), new)


def _rename_key(parts: dict[str, Part], old: str, new: str) -> None:
    if old in parts:
        parts[new] = parts.pop(old)


def _set_schema(known: Known, node: Node) -> None:
    if (target := node.node("relation")) is not None:
        table = known.table(target)
        known.move(relation(target), to=(node.text("newschema"), table.name))


def _drop(known: Known, node: Node) -> None:
    kind = node.enum("removeType")
    for item in node.nodes("objects"):
        if kind in {"OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE"}:
            known.remove(pair(object_name(item)))
        elif kind == "OBJECT_INDEX":
            table = known.index_table(object_name(item))
            if table is not None:
                table.indexes.pop(object_name(item)[-1], None)


def _set_variable(known: Known, node: Node) -> None:
    name = node.text("name").lower()
    values = tuple(
        value.text("sval")
        for constant in node.nodes("args")
        if (value := constant.node("sval")) is not None
    )
    if name == "search_path":
        known.search_path = tuple(v for v in values if v not in {"$user", ""}) or ("public",)
    elif name == "timezone":
        known.utc = (values[:1] and values[0].upper() in {"UTC", "GMT", "ETC/UTC"}) or False


def _creates(kind: str, field: str) -> Effect:
    """Return the effect of a statement whose *field* is the list of names of what it creates."""

    def effect(known: Known, node: Node) -> None:
        if not (node.flag("replace") or node.flag("if_not_exists")):
            known.create(kind, node.names(field) or (node.text(field),))

    return effect


def _create_domain(known: Known, node: Node) -> None:
    known.create("OBJECT_TYPE", node.names("domainname"))
    if node.nodes("constraints"):
        known.constrained_domains.add(node.names("domainname"))


def _create_on_table(kind: str, field: str, table: str) -> Effect:
    """Return the effect of a statement that creates something with a name of its own on a table."""

    def effect(known: Known, node: Node) -> None:
        if not node.flag("replace"):
            known.create(kind, (*_short(relation(node.node(table))), node.text(field)))

    return effect


def _create_sequence(known: Known, node: Node) -> None:
    known.create("OBJECT_SEQUENCE", _short(relation(node.node("sequence"))))


def _create_composite(known: Known, node: Node) -> None:
    known.create("OBJECT_TYPE", _short(relation(node.node("typevar"))))


def _alter_enum(known: Known, node: Node) -> None:
    name = node.names("typeName")
    # Since 17 the values of a type of the same transaction may be used at once.
    if not node.text("oldVal") and not known.created("OBJECT_TYPE", name):
        known.fresh_values[node.text("newVal")] = name


def _create_schema(known: Known, node: Node) -> None:
    if not node.flag("if_not_exists") or known.facts.catalogue is not None:
        name = node.text("schemaname")
        if known.facts.find(("schema",), name) is None:
            known.create("OBJECT_SCHEMA", (name,))


def _short(name: Name) -> tuple[str, ...]:
    return tuple(part for part in name if part)


_COMMANDS: dict[str, Callable[[Known, Table, Node], None]] = {
    "AT_AddColumn": _add_column,
    "AT_DropColumn": _drop_column,
    "AT_AlterColumnType": _alter_type,
    "AT_SetNotNull": _set_not_null,
    "AT_DropNotNull": _drop_not_null,
    "AT_AddConstraint": _constraint_command,
    "AT_ValidateConstraint": _validate,
    "AT_DropConstraint": _drop_constraint,
}
_EFFECTS: dict[str, Effect] = {
    "CreateStmt": _create_table,
    "CreateForeignTableStmt": _create_table,
    "CreateTableAsStmt": _create_table_as,
    "SelectStmt": _create_table_as,
    "ViewStmt": _create_view,
    "IndexStmt": _create_index,
    "InsertStmt": _insert,
    "AlterTableStmt": _alter_table,
    "RenameStmt": _rename,
    "AlterObjectSchemaStmt": _set_schema,
    "DropStmt": _drop,
    "VariableSetStmt": _set_variable,
    "CreateFunctionStmt": _creates("OBJECT_FUNCTION", "funcname"),
    "CreateEnumStmt": _creates("OBJECT_TYPE", "typeName"),
    "CreateRangeStmt": _creates("OBJECT_TYPE", "typeName"),
    "CreateExtensionStmt": _creates("OBJECT_EXTENSION", "extname"),
    "CreateRoleStmt": _creates("OBJECT_ROLE", "role"),
    "CreateFdwStmt": _creates("OBJECT_FDW", "fdwname"),
    "CreateForeignServerStmt": _creates("OBJECT_FOREIGN_SERVER", "servername"),
    "CreatePublicationStmt": _creates("OBJECT_PUBLICATION", "pubname"),
    "DefineStmt": _creates("OBJECT_FUNCTION", "defnames"),
    "AlterEnumStmt": _alter_enum,
    "CompositeTypeStmt": _create_composite,
    "CreateDomainStmt": _create_domain,
    "CreateSeqStmt": _create_sequence,
    "CreateSchemaStmt": _create_schema,
    "CreateTrigStmt": _create_on_table("OBJECT_TRIGGER", "trigname", "relation"),
    "CreatePolicyStmt": _create_on_table("OBJECT_POLICY", "policy_name", "table"),
    "RuleStmt": _create_on_table("OBJECT_RULE", "rulename", "relation"),
}
