"""The statements that make schemas, types, sequences and routines."""

from collections.abc import Iterator

from vado.schema.model import CatalogueObject
from vado.schema.names import before_arguments
from vado.schema.remarks import STATES, quoted, remarks

_MODIFIES = {"s": "SHAREABLE", "w": "READ_WRITE", "r": "READ_ONLY"}


def _schema(item: CatalogueObject) -> Iterator[str]:
    # Every database comes with this one.
    if item.identity == "public":
        yield "CREATE SCHEMA IF NOT EXISTS public;"
    else:
        yield f"CREATE SCHEMA {item.identity};"
    yield from remarks(item)


def _extension(item: CatalogueObject) -> Iterator[str]:
    yield f"CREATE EXTENSION {item.identity} WITH SCHEMA {item.text('schema')};"
    yield from remarks(item)


def _collation(item: CatalogueObject) -> Iterator[str]:
    options = [f"provider = {item.text('provider')}"]
    if item.text("provider") == "libc":
        options.append(f"lc_collate = {quoted(item.text('locale'))}")
        options.append(f"lc_ctype = {quoted(item.text('ctype'))}")
    else:
        options.append(f"locale = {quoted(item.text('locale'))}")
    if rules := item.text("rules"):
        options.append(f"rules = {quoted(rules)}")
    if item.flag("nondeterministic"):
        options.append("deterministic = false")
    yield f"CREATE COLLATION {item.identity} ({', '.join(options)});"
    yield from remarks(item)


def _enum(item: CatalogueObject) -> Iterator[str]:
    labels = ",\n".join(f"    {quoted(label)}" for label in item.texts("labels"))
    yield f"CREATE TYPE {item.identity} AS ENUM (\n{labels}\n);"
    yield from remarks(item)


def _composite(item: CatalogueObject) -> Iterator[str]:
    attributes = ",\n".join(f"    {text}" for text in item.texts("attributes"))
    yield f"CREATE TYPE {item.identity} AS (\n{attributes}\n);"
    yield from remarks(item)


def _range(item: CatalogueObject) -> Iterator[str]:
    options = {
        "subtype": item.text("subtype"),
        "subtype_opclass": item.text("operator_class"),
        "collation": item.text("collation"),
        "canonical": item.text("canonical"),
        "subtype_diff": item.text("subtype_diff"),
        "multirange_type_name": item.text("multirange"),
    }
    said = ",\n".join(f"    {name} = {text}" for name, text in options.items() if text)
    yield f"CREATE TYPE {item.identity} AS RANGE (\n{said}\n);"
    yield from remarks(item)


def _sequence(item: CatalogueObject) -> Iterator[str]:
    unlogged = "UNLOGGED " if item.flag("unlogged") else ""
    found = item.properties
    yield (
        f"CREATE {unlogged}SEQUENCE {item.identity} AS {item.text('type')}"
        f" START WITH {found['start']} INCREMENT BY {found['increment']}"
        f" MINVALUE {found['min']} MAXVALUE {found['max']} CACHE {found['cache']}"
        f"{' CYCLE' if item.flag('cycle') else ''};"
    )
    yield from remarks(item)


def _routine(item: CatalogueObject) -> Iterator[str]:
    yield f"{(item.definition or '').rstrip()};"
    yield from remarks(item)


def _aggregate(item: CatalogueObject) -> Iterator[str]:
    name = before_arguments(item.identity)
    options = {
        "SFUNC": item.text("transition_function"),
        "STYPE": item.text("transition_type"),
        "SSPACE": item.properties.get("transition_space"),
        "FINALFUNC": item.text("final_function"),
        "COMBINEFUNC": item.text("combine_function"),
        "SERIALFUNC": item.text("serial_function"),
        "DESERIALFUNC": item.text("deserial_function"),
        "INITCOND": quoted(item.text("initial_value")),
        "MSFUNC": item.text("moving_function"),
        "MINVFUNC": item.text("moving_inverse_function"),
        "MSTYPE": item.text("moving_transition_type"),
        "MSSPACE": item.properties.get("moving_transition_space"),
        "SORTOP": _operator(item.text("sort_operator")),
        "FINALFUNC_MODIFY": _MODIFIES.get(item.text("final_modify") or ""),
        "MFINALFUNC_MODIFY": _MODIFIES.get(item.text("moving_final_modify") or ""),
        "MFINALFUNC": item.text("moving_final_function"),
        "MINITCOND": quoted(item.text("moving_initial_value")),
        "PARALLEL": item.text("parallel"),
    }
    said = [f"    {name} = {text}" for name, text in options.items() if text is not None]
    said.extend("    FINALFUNC_EXTRA" for _ in range(item.flag("final_extra")))
    said.extend("    MFINALFUNC_EXTRA" for _ in range(item.flag("moving_final_extra")))
    said.extend("    HYPOTHETICAL" for _ in range(item.text("aggregate_kind") == "hypothetical"))
    arguments = item.text("arguments") or "*"
    yield f"CREATE AGGREGATE {name}({arguments}) (\n" + ",\n".join(said) + "\n);"
    yield from remarks(item)


def _operator(name: str | None) -> str | None:
    return None if name is None else f"OPERATOR({name})"


def _event_trigger(item: CatalogueObject) -> Iterator[str]:
    tags = ", ".join(f"'{tag}'" for tag in item.texts("tags"))
    yield (
        f"CREATE EVENT TRIGGER {item.identity} ON {item.text('event')}"
        f"{f' WHEN TAG IN ({tags})' if tags else ''} EXECUTE FUNCTION {item.text('function')}();"
    )
    if state := STATES.get(item.text("enabled") or ""):
        yield f"ALTER EVENT TRIGGER {item.identity} {state};"
    yield from remarks(item)


SIMPLE = {
    "schema": _schema,
    "extension": _extension,
    "collation": _collation,
    "enum": _enum,
    "composite": _composite,
    "range": _range,
    "sequence": _sequence,
    "function": _routine,
    "procedure": _routine,
    "aggregate": _aggregate,
    "event_trigger": _event_trigger,
}
