"""The statements that make the rarer kinds: base types, operator classes, text search, servers."""

from collections.abc import Iterator, Mapping

from vado.schema.describe import foreign_option
from vado.schema.model import CatalogueObject, Property
from vado.schema.remarks import grant_statement, quoted, remarks

_FLAGS = {"two_phase", "binary", "disable_on_error", "password_required", "run_as_owner"}


def _base_type(item: CatalogueObject) -> Iterator[str]:
    properties = item.properties
    options: dict[str, Property] = {
        "INPUT": properties["input"],
        "OUTPUT": properties["output"],
        "RECEIVE": properties.get("receive"),
        "SEND": properties.get("send"),
        "TYPMOD_IN": properties.get("typmod_in"),
        "TYPMOD_OUT": properties.get("typmod_out"),
        "ANALYZE": properties.get("analyze"),
        "SUBSCRIPT": properties.get("subscript"),
        "INTERNALLENGTH": properties["length"],
        "ALIGNMENT": properties["alignment"],
        "STORAGE": properties["storage"],
        "CATEGORY": quoted(item.text("category")),
        "PREFERRED": item.flag("preferred") or None,
        "DEFAULT": quoted(item.text("default")),
        "ELEMENT": properties.get("element"),
        "DELIMITER": quoted(item.text("delimiter")),
        "COLLATABLE": item.flag("collatable") or None,
    }
    lines = _said(options)
    if item.flag("by_value"):
        lines.append("    PASSEDBYVALUE")
    yield f"CREATE TYPE {item.identity} (\n" + ",\n".join(lines) + "\n);"
    yield from remarks(item)


def shell_type(item: CatalogueObject) -> Iterator[str]:
    """Yield what makes a type known before anything is said of it."""
    yield f"CREATE TYPE {item.identity};"
    if item.kind == "shell_type":
        yield from remarks(item)


def _operator_class(item: CatalogueObject) -> Iterator[str]:
    name = item.identity.rpartition(" using ")[0]
    default = "DEFAULT " if item.flag("default") else ""
    members = list(item.texts("members"))
    if storage := item.text("storage"):
        members.insert(0, f"STORAGE {storage}")
    # One that brings nothing along stores what it is for.
    members = members or [f"STORAGE {item.text('type')}"]
    yield (
        f"CREATE OPERATOR CLASS {name}\n    {default}FOR TYPE {item.text('type')}"
        f" USING {item.text('method')} FAMILY {item.text('family')} AS\n    "
        + ",\n    ".join(members)
        + ";"
    )
    yield from remarks(item)


def _operator_family(item: CatalogueObject) -> Iterator[str]:
    yield f"CREATE OPERATOR FAMILY {item.identity};"
    yield from remarks(item)


def family_members(item: CatalogueObject) -> Iterator[str]:
    """Yield what adds the members that belong to no class of the family."""
    if members := item.texts("members"):
        yield f"ALTER OPERATOR FAMILY {item.identity} ADD\n    " + ",\n    ".join(members) + ";"


def _access_method(item: CatalogueObject) -> Iterator[str]:
    kind = (item.text("type") or "").upper()
    yield f"CREATE ACCESS METHOD {item.identity} TYPE {kind} HANDLER {item.text('handler')};"
    yield from remarks(item)


def _language(item: CatalogueObject) -> Iterator[str]:
    trusted = "TRUSTED " if item.flag("trusted") else ""
    parts = [f"CREATE {trusted}LANGUAGE {item.identity} HANDLER {item.text('handler')}"]
    if inline := item.text("inline_handler"):
        parts.append(f"INLINE {inline}")
    if validator := item.text("validator"):
        parts.append(f"VALIDATOR {validator}")
    yield " ".join(parts) + ";"
    yield from remarks(item)


def _transform(item: CatalogueObject) -> Iterator[str]:
    parts = [
        f"{direction} SQL WITH FUNCTION {function}"
        for direction, name in (("FROM", "from_sql"), ("TO", "to_sql"))
        if (function := item.text(name))
    ]
    yield f"CREATE TRANSFORM {item.identity} ({', '.join(parts)});"
    yield from remarks(item)


def _conversion(item: CatalogueObject) -> Iterator[str]:
    default = "DEFAULT " if item.flag("default") else ""
    yield (
        f"CREATE {default}CONVERSION {item.identity} FOR {quoted(item.text('source'))}"
        f" TO {quoted(item.text('target'))} FROM {item.text('function')};"
    )
    yield from remarks(item)


def _text_search(item: CatalogueObject) -> Iterator[str]:
    names = {
        "text_search_parser": ("start", "gettoken", "end", "lextypes", "headline"),
        "text_search_template": ("init", "lexize"),
        "text_search_dictionary": ("template",),
        "text_search_configuration": ("parser",),
    }[item.kind]
    lines = _said({name.upper(): item.text(name) for name in names})
    if item.kind == "text_search_dictionary" and (options := item.text("options")):
        lines.append(f"    {options}")
    noun = item.kind.upper().replace("_", " ")
    yield f"CREATE {noun} {item.identity} (\n" + ",\n".join(lines) + "\n);"
    for mapping in item.texts("mappings"):
        token, _, dictionaries = mapping.partition(": ")
        yield f"ALTER {noun} {item.identity} ADD MAPPING FOR {token} WITH {dictionaries};"
    yield from remarks(item)


def _foreign_data_wrapper(item: CatalogueObject) -> Iterator[str]:
    parts = [f"CREATE FOREIGN DATA WRAPPER {item.identity}"]
    parts.extend(
        f"{name.upper()} {text}" for name in ("handler", "validator") if (text := item.text(name))
    )
    yield " ".join(parts) + _options(item) + ";"
    yield from remarks(item)


def _foreign_server(item: CatalogueObject) -> Iterator[str]:
    parts = [f"CREATE SERVER {item.identity}"]
    parts.extend(
        f"{name.upper()} {quoted(text)}"
        for name in ("type", "version")
        if (text := item.text(name)) is not None
    )
    yield " ".join(parts) + f" FOREIGN DATA WRAPPER {item.text('wrapper')}{_options(item)};"
    yield from remarks(item)


def _user_mapping(item: CatalogueObject) -> Iterator[str]:
    role, server = item.text("role"), item.text("server")
    yield f"CREATE USER MAPPING FOR {role} SERVER {server}{_options(item)};"


def _options(item: CatalogueObject) -> str:
    options = [foreign_option(text) for text in item.texts("foreign_options")]
    hidden = [text.partition("=")[0] for text in item.texts("secrets")]
    note = f" /* not shown: {', '.join(hidden)} */" if hidden else ""
    return (f" OPTIONS ({', '.join(options)})" if options else "") + note


def _subscription(item: CatalogueObject) -> Iterator[str]:
    slot = item.text("slot") or "none"
    options = ["connect = false", f"slot_name = {'NONE' if slot == 'none' else quoted(slot)}"]
    for text in item.texts("options"):
        name, _, value = text.partition("=")
        options.append(f"{name} = {value if name in _FLAGS else quoted(value)}")
    yield (
        f"CREATE SUBSCRIPTION {item.identity} CONNECTION {quoted(item.text('connection'))}"
        f" PUBLICATION {', '.join(item.texts('publications'))} WITH ({', '.join(options)});"
    )
    yield from remarks(item)


def _privileges(item: CatalogueObject) -> Iterator[str]:
    kind = item.text("object_kind") or ""
    name, column = item.identity.removeprefix(f"{kind} "), None
    noun = {"server": "foreign server", "aggregate": "function"}.get(kind, kind.replace("-", " "))
    if kind.endswith(" column"):
        noun = "table"
        name, _, column = name.rpartition(".")
    elif kind in {"view", "materialized view", "foreign table"}:
        noun = "table"
    for text in item.texts("grants"):
        yield grant_statement(text, f"{noun.upper()} {name}", column)


def _said(options: Mapping[str, Property]) -> list[str]:
    return [f"    {name} = {_word(value)}" for name, value in options.items() if value is not None]


def _word(value: Property) -> str:
    return "true" if value is True else str(value)


RARE = {
    "base_type": _base_type,
    "shell_type": shell_type,
    "operator_class": _operator_class,
    "operator_family": _operator_family,
    "access_method": _access_method,
    "language": _language,
    "transform": _transform,
    "conversion": _conversion,
    "text_search_parser": _text_search,
    "text_search_template": _text_search,
    "text_search_dictionary": _text_search,
    "text_search_configuration": _text_search,
    "foreign_data_wrapper": _foreign_data_wrapper,
    "foreign_server": _foreign_server,
    "user_mapping": _user_mapping,
    "subscription": _subscription,
    "privileges": _privileges,
}
