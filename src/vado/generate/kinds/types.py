"""Types that users make, extensions."""

from collections.abc import Iterator, Sequence

from vado.generate.model import REBUILD, Alteration, Pair
from vado.generate.names import beside
from vado.schema import CatalogueObject, name_parts, quoted


def enum(pair: Pair) -> Alteration:
    """Add values in their places; a value that goes takes a new type, which keeps the rows."""
    old, new = list(pair.before.texts("labels")), list(pair.after.texts("labels"))
    if [label for label in new if label in old] != old:
        return REBUILD
    return Alteration(main=tuple(_added(pair.identity, old, new)))


def _added(identity: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    known = list(old)
    for place, label in enumerate(new):
        if label in known:
            continue
        if place > 0:
            where = f" AFTER {quoted(new[place - 1])}" if known[-1] != new[place - 1] else ""
        else:
            where = f" BEFORE {quoted(known[0])}" if known else ""
        known.insert(place, label)
        yield f"ALTER TYPE {identity} ADD VALUE {quoted(label)}{where};"


def domain(pair: Pair) -> Alteration:
    """Alter a domain's default and NOT NULL; another base type takes a new domain."""
    if not pair.only("default", "nullable"):
        return REBUILD
    alter, main = f"ALTER DOMAIN {pair.identity}", []
    if "default" in pair.details:
        default = pair.after.text("default")
        main.append(f"{alter} {f'SET DEFAULT {default}' if default else 'DROP DEFAULT'};")
    if "nullable" in pair.details:
        main.append(f"{alter} {'DROP' if pair.after.flag('nullable') else 'SET'} NOT NULL;")
    return Alteration(main=tuple(main))


def without_default(before: CatalogueObject, after: CatalogueObject) -> Alteration:
    """Let go of what the default of a domain calls, and give the domain its default again."""
    alter = f"ALTER DOMAIN {after.identity}"
    default = after.text("default")
    return Alteration(
        release=(f"{alter} DROP DEFAULT;",) if before.text("default") else (),
        bind=(f"{alter} SET DEFAULT {default};",) if default else (),
    )


def composite(pair: Pair) -> Alteration:
    """Alter attributes in place; another type of one that columns hold takes a new type."""
    if not pair.only("attributes"):
        return REBUILD
    old, new = attributes(pair.before), attributes(pair.after)
    changed = [name for name in old if name in new and old[name] != new[name]]
    kept = [name for name in old if name in new]
    if list(new)[: len(kept)] != kept or (changed and (pair.in_use or pair.thorough)):
        return REBUILD
    # Typed tables, if there are any, follow.
    alter = f"ALTER TYPE {pair.identity}"
    main = [f"{alter} DROP ATTRIBUTE {name} CASCADE;" for name in old if name not in new]
    main += [f"{alter} ALTER ATTRIBUTE {name} TYPE {new[name]} CASCADE;" for name in changed]
    main += [f"{alter} ADD ATTRIBUTE {name} {type_} CASCADE;" for name, type_ in new.items()
             if name not in old]  # fmt: skip
    return Alteration(main=tuple(main))


def by_attributes(column: str, before: CatalogueObject, after: CatalogueObject) -> str:
    """Return the expression that takes a value to the new type, attribute by attribute."""
    old = attributes(before)
    values = (
        f"({column}).{name}::{type_.partition(' COLLATE ')[0]}" if name in old else "NULL"
        for name, type_ in attributes(after).items()
    )
    row = f"ROW({', '.join(values)})::{after.identity}"
    return f"CASE WHEN {column} IS DISTINCT FROM NULL THEN {row} END"


def by_names(value: str, type_: str) -> str:
    """Return the expression that takes a value to a composite type with others inside it."""
    return f"jsonb_populate_record(NULL::{type_}, to_jsonb({value}))"


def list_by_names(value: str, list_: str) -> tuple[str, str, str]:
    """Return the same for a list of them, with what must be made before and dropped after.

    Only a row has its parts taken by their names, so there is a type with nothing but the list.
    """
    carrier = beside(list_.removesuffix("[]"), "__list")
    row = f"jsonb_populate_record(NULL::{carrier}, jsonb_build_object('v', to_jsonb({value})))"
    return f"CREATE TYPE {carrier} AS (v {list_});", f"({row}).v", f"DROP TYPE {carrier};"


def attributes(item: CatalogueObject) -> dict[str, str]:
    """Return the types of a composite type's attributes by their names."""
    return _attributes(item.texts("attributes"))


def _attributes(texts: Sequence[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        end = _name_end(text)
        found[text[:end]] = text[end + 1 :]
    return found


def _name_end(text: str) -> int:
    if not text.startswith('"'):
        return text.index(" ")
    place = 1
    while text[place] != '"' or text[place : place + 2] == '""':
        place += 2 if text[place] == '"' else 1
    return place + 1


def extension(pair: Pair) -> Alteration:
    """Move an extension to another version or schema."""
    main = []
    if "version" in pair.details:
        version = quoted(pair.after.text("version"))
        main.append(f"ALTER EXTENSION {pair.identity} UPDATE TO {version};")
    if "schema" in pair.details:
        main.append(f"ALTER EXTENSION {pair.identity} SET SCHEMA {pair.after.text('schema')};")
    return Alteration(main=tuple(main))


def range_type(pair: Pair) -> Alteration:
    """Rename the multirange of a range; everything else of it is there from its creation."""
    if set(pair.details) != {"multirange"}:
        return REBUILD
    old, new = pair.before.text("multirange") or "", pair.after.text("multirange") or ""
    (schema, name), (new_schema, new_name) = name_parts(old), name_parts(new)
    main = []
    if name != new_name:
        main.append(f"ALTER TYPE {old} RENAME TO {new_name};")
    if schema != new_schema:
        main.append(f"ALTER TYPE {schema}.{new_name} SET SCHEMA {new_schema};")
    return Alteration(main=tuple(main))
