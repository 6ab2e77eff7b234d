"""Every form of statement that the grammar knows is judged by a rule, or harmless for a reason."""

import pytest
from postgast import pg_query_pb2

from vado.risks import RULES

# The optional rules look at names and types only.
JUDGED = {key for rule in RULES if not rule.optional for key in rule.on}

INSTANT = "takes its lock for an instant and looks at no row"
ONLY_ADDS = "adds something that nobody uses yet"
LETS_OTHERS = "lets others read and write"
INTERNAL = "PostgreSQL's own, no statement spells it"
SESSION = "concerns this session only"
NOTHING = "changes nothing"
SETTLED = "judged through the commands or statements inside it"

HARMLESS_COMMANDS = {
    "AT_AddColumnToView": INTERNAL,
    "AT_CookedColumnDefault": INTERNAL,
    "AT_AddIndex": INTERNAL,
    "AT_ReAddIndex": INTERNAL,
    "AT_ReAddConstraint": INTERNAL,
    "AT_ReAddDomainConstraint": INTERNAL,
    "AT_AddIndexConstraint": INTERNAL,
    "AT_ReAddComment": INTERNAL,
    "AT_ReAddStatistics": INTERNAL,
    "AT_ReplaceRelOptions": INTERNAL,
    "AT_DropOids": "does nothing since OIDs of rows are gone",
    "AT_SetStatistics": LETS_OTHERS,
    "AT_SetOptions": LETS_OTHERS,
    "AT_ResetOptions": LETS_OTHERS,
    "AT_ClusterOn": LETS_OTHERS,
    "AT_DropCluster": LETS_OTHERS,
    "AT_SetStorage": INSTANT,
    "AT_SetCompression": INSTANT,
    "AT_EnableTrig": INSTANT,
    "AT_EnableAlwaysTrig": INSTANT,
    "AT_EnableReplicaTrig": INSTANT,
    "AT_EnableTrigAll": INSTANT,
    "AT_EnableTrigUser": INSTANT,
    "AT_EnableRule": INSTANT,
    "AT_EnableAlwaysRule": INSTANT,
    "AT_EnableReplicaRule": INSTANT,
    "AT_AddInherit": INSTANT,
    "AT_AddOf": INSTANT,
    "AT_DropOf": INSTANT,
    "AT_DetachPartitionFinalize": "ends what a cancelled CONCURRENTLY began",
    "AT_AlterColumnGenericOptions": "options of a foreign table, which has no rows here",
    "AT_GenericOptions": "options of a foreign table, which has no rows here",
}

HARMLESS_STATEMENTS = {
    "RawStmt": INTERNAL,
    "SetOperationStmt": INTERNAL,
    "ReturnStmt": INTERNAL,
    "PLAssignStmt": INTERNAL,
    "ReplicaIdentityStmt": SETTLED,
    "CreateSchemaStmt": ONLY_ADDS,
    "CreateTableSpaceStmt": ONLY_ADDS,
    "CreateExtensionStmt": ONLY_ADDS,
    "CreateFdwStmt": ONLY_ADDS,
    "CreateForeignTableStmt": ONLY_ADDS,
    "ImportForeignSchemaStmt": ONLY_ADDS,
    "CreateAmStmt": ONLY_ADDS,
    "CreatePLangStmt": ONLY_ADDS,
    "CreateSeqStmt": ONLY_ADDS,
    "DefineStmt": ONLY_ADDS,
    "CreateDomainStmt": ONLY_ADDS,
    "CreateOpClassStmt": ONLY_ADDS,
    "CreateOpFamilyStmt": ONLY_ADDS,
    "CompositeTypeStmt": ONLY_ADDS,
    "CreateRangeStmt": ONLY_ADDS,
    "CreateEnumStmt": ONLY_ADDS,
    "CreateTableAsStmt": ONLY_ADDS,
    "CreatedbStmt": ONLY_ADDS,
    "CreateConversionStmt": ONLY_ADDS,
    "CreateCastStmt": ONLY_ADDS,
    "CreateTransformStmt": ONLY_ADDS,
    "CreatePublicationStmt": ONLY_ADDS,
    "CreateStatsStmt": LETS_OTHERS,
    "AlterStatsStmt": LETS_OTHERS,
    "CommentStmt": LETS_OTHERS,
    "SecLabelStmt": LETS_OTHERS,
    "CheckPointStmt": LETS_OTHERS,
    "AlterTableSpaceOptionsStmt": LETS_OTHERS,
    "AlterDatabaseRefreshCollStmt": LETS_OTHERS,
    "AlterCollationStmt": LETS_OTHERS,
    "AlterObjectDependsStmt": INSTANT,
    "AlterOperatorStmt": INSTANT,
    "AlterOpFamilyStmt": INSTANT,
    "AlterTypeStmt": INSTANT,
    "AlterFdwStmt": INSTANT,
    "AlterExtensionContentsStmt": INSTANT,
    "AlterTSDictionaryStmt": INSTANT,
    "AlterTSConfigurationStmt": INSTANT,
    "DropTableSpaceStmt": "goes only when nothing is in it",
    "VariableShowStmt": NOTHING,
    "DeclareCursorStmt": NOTHING,
    "ClosePortalStmt": NOTHING,
    "FetchStmt": NOTHING,
    "PrepareStmt": NOTHING,
    "DeallocateStmt": NOTHING,
    "NotifyStmt": SESSION,
    "ListenStmt": SESSION,
    "UnlistenStmt": SESSION,
    "LoadStmt": SESSION,
    "DiscardStmt": SESSION,
    "ConstraintsSetStmt": SESSION,
    "TransactionStmt": "refused in a migration",
}

HARMLESS_DROPS = {
    "OBJECT_STATISTIC_EXT": LETS_OTHERS,
}


COMMANDS = [name for name, _ in pg_query_pb2.AlterTableType.items() if name.startswith("AT_")]
STATEMENTS = [
    field.message_type.name
    for field in pg_query_pb2.Node.DESCRIPTOR.fields
    if field.message_type.name.endswith("Stmt")
]

# What DROP takes in its list; columns, constraints and the like are dropped by ALTER, and roles,
# databases, tablespaces and user mappings have a statement of their own.
DROPPED = """
ACCESS_METHOD AGGREGATE CAST COLLATION CONVERSION DOMAIN EVENT_TRIGGER EXTENSION FDW FOREIGN_SERVER
FOREIGN_TABLE FUNCTION INDEX LANGUAGE MATVIEW OPCLASS OPERATOR OPFAMILY POLICY PROCEDURE PUBLICATION
ROUTINE RULE SCHEMA SEQUENCE STATISTIC_EXT TABLE TRANSFORM TRIGGER TSCONFIGURATION TSDICTIONARY
TSPARSER TSTEMPLATE TYPE VIEW
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_command_of_alter_table_is_judged_or_harmless_for_a_reason(name: str) -> None:
    assert (name in JUDGED) != (name in HARMLESS_COMMANDS)


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_is_judged_or_harmless_for_a_reason(name: str) -> None:
    judged = any(key.split(".")[0] == name for key in JUDGED)

    assert judged != (name in HARMLESS_STATEMENTS)


@pytest.mark.parametrize("kind", DROPPED.split())
def test_drop_of_a_kind_is_judged_or_harmless_for_a_reason(kind: str) -> None:
    assert (f"DropStmt.OBJECT_{kind}" in JUDGED) != (f"OBJECT_{kind}" in HARMLESS_DROPS)


def test_no_rule_is_asked_about_what_the_grammar_does_not_have() -> None:
    known = {*COMMANDS, *(f"TYPE_{name}" for name in COMMANDS), *STATEMENTS}
    drops = {f"DropStmt.{kind}" for kind, _ in pg_query_pb2.ObjectType.items()}

    assert known | drops >= JUDGED
