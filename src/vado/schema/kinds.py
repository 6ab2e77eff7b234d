"""The kinds of objects: where PostgreSQL keeps them, and in which order they can be made."""

# What has no entry stands in pg_class.
_CLASSES = {
    "schema": "pg_namespace",
    "enum": "pg_type",
    "domain": "pg_type",
    "composite": "pg_type",
    "range": "pg_type",
    "base_type": "pg_type",
    "shell_type": "pg_type",
    "collation": "pg_collation",
    "extension": "pg_extension",
    "function": "pg_proc",
    "procedure": "pg_proc",
    "aggregate": "pg_proc",
    "constraint": "pg_constraint",
    "trigger": "pg_trigger",
    "rule": "pg_rewrite",
    "policy": "pg_policy",
    "event_trigger": "pg_event_trigger",
    "statistics": "pg_statistic_ext",
    "publication": "pg_publication",
    "subscription": "pg_subscription",
    "cast": "pg_cast",
    "operator": "pg_operator",
    "operator_class": "pg_opclass",
    "operator_family": "pg_opfamily",
    "access_method": "pg_am",
    "language": "pg_language",
    "transform": "pg_transform",
    "conversion": "pg_conversion",
    "text_search_parser": "pg_ts_parser",
    "text_search_template": "pg_ts_template",
    "text_search_dictionary": "pg_ts_dict",
    "text_search_configuration": "pg_ts_config",
    "foreign_data_wrapper": "pg_foreign_data_wrapper",
    "foreign_server": "pg_foreign_server",
    "user_mapping": "pg_user_mapping",
    "default_privileges": "pg_default_acl",
    "privileges": "pg_init_privs",
}

# As kinds usually can be made; who needs whom goes before.
_ORDER = (
    "schema", "extension", "collation", "shell_type", "enum", "composite", "range", "domain",
    "sequence", "function", "procedure", "base_type", "language", "aggregate", "access_method",
    "foreign_data_wrapper", "foreign_server", "user_mapping", "operator_family", "operator",
    "operator_class", "operator_family_members", "cast", "transform", "conversion",
    "text_search_parser", "text_search_template", "text_search_dictionary",
    "text_search_configuration", "table", "foreign_table", "column", "constraint", "view",
    "materialized_view", "index", "foreign_key", "statistics", "rule", "trigger", "policy",
    "event_trigger", "publication", "subscription", "default_privileges", "privileges",
)  # fmt: skip
_RANKS = {kind: rank for rank, kind in enumerate(_ORDER)}


def class_of(kind: str) -> str:
    """Return the catalogue of PostgreSQL in which objects of a kind have their rows."""
    return _CLASSES.get(kind, "pg_class")


def rank(kind: str) -> int:
    """Return the place of a kind in the order in which kinds usually can be made."""
    return _RANKS.get(kind, len(_RANKS))
