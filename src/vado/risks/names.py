"""Names in the tree, read and written as PostgreSQL quotes them."""

import re

from vado.sql import Node

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")
_PART = re.compile(r'"((?:[^"]|"")*)"|([^".()\s]+)')

# Words that PostgreSQL quotes when they are names (reserved, and those that cannot be a column).
_RESERVED = re.compile(
    r"(?:all|analyse|analyze|and|any|array|as|asc|asymmetric|authorization|between|bigint|"
    r"binary|bit|boolean|both|case|cast|char|character|check|coalesce|collate|"
    r"collation|column|concurrently|constraint|create|cross|current_catalog|"
    r"current_date|current_role|current_schema|current_time|current_timestamp|"
    r"current_user|dec|decimal|default|deferrable|desc|distinct|do|else|end|except|"
    r"exists|extract|false|fetch|float|for|foreign|freeze|from|full|grant|greatest|"
    r"group|grouping|having|ilike|in|initially|inner|inout|int|integer|intersect|"
    r"interval|into|is|isnull|join|lateral|leading|least|left|like|limit|localtime|"
    r"localtimestamp|merge_action|national|natural|nchar|none|normalize|not|notnull|"
    r"null|nullif|numeric|offset|on|only|or|order|out|outer|overlaps|overlay|placing|"
    r"position|precision|primary|real|references|returning|right|row|select|"
    r"session_user|setof|similar|smallint|some|substring|symmetric|system_user|table|"
    r"tablesample|then|time|timestamp|to|trailing|treat|trim|true|union|unique|user|"
    r"using|values|varchar|variadic|verbose|when|where|window|with|xmlattributes|"
    r"xmlconcat|xmlelement|xmlexists|xmlforest|xmlnamespaces|xmlparse|xmlpi|xmlroot|"
    r"xmlserialize|xmltable)\Z"
)

Name = tuple[str, ...]


def quoted(*parts: str) -> str:
    """Return a possibly qualified name, each part quoted where it must be."""
    return ".".join(_quoted(part) for part in parts if part)


def _quoted(part: str) -> str:
    if _PLAIN.match(part) and not _RESERVED.match(part):
        return part
    return '"' + part.replace('"', '""') + '"'


def unquoted(identity: str) -> Name:
    """Return the parts of an identity such as `public."My table"`."""
    found = _PART.findall(identity.split("(", 1)[0] if '"' not in identity else identity)
    return tuple(inner.replace('""', '"') if inner else plain for inner, plain in found)


def relation(node: Node | None) -> Name:
    """Return schema (or "") and name of a RangeVar."""
    if node is None:
        return ("", "")
    return (node.text("schemaname"), node.text("relname"))


def object_name(node: Node) -> Name:
    """Return the parts of what a DROP or COMMENT names, whatever its kind."""
    match node.kind:
        case "String":
            return (node.text("sval"),)
        case "List":
            return node.names("items")
        case "TypeName":
            return node.names("names")
        case "ObjectWithArgs" | "func":
            return node.names("objname")
        case "RangeVar":
            return tuple(part for part in relation(node) if part)
        case _:
            return ()


def pair(parts: Name) -> Name:
    """Return schema (or "") and name of a possibly qualified name."""
    return ("", *parts)[-2:]


def role_name(node: Node) -> str:
    """Return the role that a RoleSpec names, "public" and "current_user" as such."""
    kind = node.enum("roletype").removeprefix("ROLESPEC_").lower()
    return quoted(node.text("rolename")) if kind == "cstring" else kind
