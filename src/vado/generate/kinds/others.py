"""The rarer kinds: what can be altered in place of publications, foreign things, statistics."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from vado.generate.kinds.options import foreign_options
from vado.generate.model import REBUILD, Alteration, Pair
from vado.schema import Catalogue, CatalogueObject, Writer, quoted


def statistics(pair: Pair) -> Alteration:
    """Set another target; another definition is made again."""
    if not pair.only("target"):
        return REBUILD
    target = pair.after.properties.get("target")
    text = f"ALTER STATISTICS {pair.identity} SET STATISTICS {-1 if target is None else target};"
    return Alteration(main=(text,))


def publication(pair: Pair) -> Alteration:
    """Alter what is published and how; from some tables to all of them takes a new one."""
    if not pair.only("tables", "schemas", "actions", "via_partition_root", "generated_columns"):
        return REBUILD
    alter, main = f"ALTER PUBLICATION {pair.identity}", []
    if pair.details.keys() & {"tables", "schemas"}:
        wanted = list(_published(pair))
        if not wanted:
            return REBUILD
        main.append(f"{alter} SET {', '.join(wanted)};")
    if options := list(_publication_options(pair)):
        main.append(f"{alter} SET ({', '.join(options)});")
    return Alteration(main=tuple(main))


def _published(pair: Pair) -> Iterator[str]:
    if tables := pair.after.texts("tables"):
        yield f"TABLE {', '.join(tables)}"
    if schemas := pair.after.texts("schemas"):
        yield f"TABLES IN SCHEMA {', '.join(schemas)}"


def _publication_options(pair: Pair) -> Iterator[str]:
    if "actions" in pair.details:
        yield f"publish = '{', '.join(pair.after.texts('actions'))}'"
    if "via_partition_root" in pair.details:
        root = "true" if pair.after.flag("via_partition_root") else "false"
        yield f"publish_via_partition_root = {root}"
    if "generated_columns" in pair.details:
        kind = pair.after.text("generated_columns") or "none"
        yield f"publish_generated_columns = {_GENERATED.get(kind, kind)}"


_GENERATED = {"n": "none", "s": "stored"}


def written(pair: Pair) -> str:
    """Return the statements that make the object as it shall be."""
    after = pair.after
    return Writer(Catalogue(pair.server_version, (after,))).write(after)


def language(pair: Pair) -> Alteration:
    """Replace a language: its functions stay."""
    return Alteration(main=(written(pair).replace("CREATE ", "CREATE OR REPLACE ", 1),))


def aggregate(pair: Pair) -> Alteration:
    """Replace an aggregate where its signature allows that, else make it again."""
    if pair.details.keys() & {"returns", "arguments", "aggregate_kind"}:
        return REBUILD
    return Alteration(main=(written(pair).replace("CREATE ", "CREATE OR REPLACE ", 1),))


def foreign_server(pair: Pair) -> Alteration:
    """Alter a server's version and options; its type or wrapper takes a new one."""
    if not pair.only("version", "foreign_options", "secrets"):
        return REBUILD
    clauses = []
    if "version" in pair.details:
        clauses.append(f"VERSION {quoted(pair.after.text('version')) or 'NULL'}")
    return _with_options(pair, f"ALTER SERVER {pair.identity}", clauses)


def foreign_data_wrapper(pair: Pair) -> Alteration:
    """Alter a wrapper's functions and options."""
    clauses = []
    for name in ("handler", "validator"):
        if name in pair.details:
            function = pair.after.text(name)
            clauses.append(f"{name.upper()} {function}" if function else f"NO {name.upper()}")
    return _with_options(pair, f"ALTER FOREIGN DATA WRAPPER {pair.identity}", clauses)


def user_mapping(pair: Pair) -> Alteration:
    """Alter the options of a user mapping."""
    return _with_options(pair, f"ALTER USER MAPPING {pair.identity}", [])


def _with_options(pair: Pair, alter: str, clauses: list[str]) -> Alteration:
    old, new = pair.before.texts("foreign_options"), pair.after.texts("foreign_options")
    if options := foreign_options(old, new):
        clauses.append(options)
    main = (f"{alter} {' '.join(clauses)};",) if clauses else ()
    return Alteration(main=main, cannot=SECRET if "secrets" in pair.details else None)


SECRET = "a password or key is part of it, which Vado does not keep: set it by hand"  # noqa: S105 (no password)


def text_search_configuration(pair: Pair) -> Alteration:
    """Alter which dictionaries look at which words."""
    if not pair.only("mappings"):
        return REBUILD
    alter = f"ALTER TEXT SEARCH CONFIGURATION {pair.identity}"
    old = dict(text.split(": ", 1) for text in pair.before.texts("mappings"))
    new = dict(text.split(": ", 1) for text in pair.after.texts("mappings"))
    main = [f"{alter} DROP MAPPING FOR {token};" for token in old if token not in new]
    for token, dictionaries in new.items():
        if token not in old:
            main.append(f"{alter} ADD MAPPING FOR {token} WITH {dictionaries};")
        elif old[token] != dictionaries:
            main.append(f"{alter} ALTER MAPPING FOR {token} WITH {dictionaries};")
    return Alteration(main=tuple(main))


def members(pair: Pair) -> Alteration:
    """Add and drop the members that belong to no class of an operator family."""
    old, new = pair.before.texts("members"), pair.after.texts("members")
    ended = tuple(text for text in old if text not in new)
    fresh = tuple(text for text in new if text not in old)
    return Alteration(
        release=(drop_members(_with_members(pair.before, ended)),) if ended else (),
        bind=(add_members(_with_members(pair.after, fresh)),) if fresh else (),
    )


def _with_members(item: CatalogueObject, texts: tuple[str, ...]) -> CatalogueObject:
    return replace(item, properties={"members": texts})


def add_members(item: CatalogueObject) -> str:
    """Add members to an operator family."""
    return f"ALTER OPERATOR FAMILY {item.identity} ADD {', '.join(item.texts('members'))};"


def drop_members(item: CatalogueObject) -> str:
    """Take members from an operator family."""
    slots = ", ".join(_member_slot(text) for text in item.texts("members"))
    return f"ALTER OPERATOR FAMILY {item.identity} DROP {slots};"


def _member_slot(text: str) -> str:
    """Return `FUNCTION 1 (a, b)` of `FUNCTION 1 (a, b) s.f(a,b)`, and the like of an operator."""
    word, number, rest = text.split(" ", 2)
    arguments = rest[: rest.index(")") + 1] if rest.startswith("(") else rest[rest.rindex("(") :]
    return f"{word} {number} {arguments.removesuffix(' FOR SEARCH')}"


# What an option of a subscription is when nothing is said; all others are off.
_UNSAID = {"origin": "any", "password_required": "on"}


def _named(options: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in options:
        name, _, value = text.partition("=")
        yield name, value


def subscription(pair: Pair) -> Alteration:
    """Alter what a subscription follows and how, without a word to the publisher."""
    alter, main = f"ALTER SUBSCRIPTION {pair.identity}", []
    after = pair.after
    if "connection" in pair.details:
        main.append(f"{alter} CONNECTION {quoted(after.text('connection'))};")
    if "publications" in pair.details:
        names = ", ".join(after.texts("publications"))
        main.append(f"{alter} SET PUBLICATION {names} WITH (refresh = false);")
    if "slot" in pair.details:
        slot = after.text("slot")
        main.append(f"{alter} SET (slot_name = {quoted(slot) if slot else 'NONE'});")
    if "options" in pair.details:
        fresh = [
            text for text in after.texts("options") if text not in pair.before.texts("options")
        ]
        wanted = dict(_named(fresh))
        known = dict(_named(after.texts("options")))
        # There is no RESET for a subscription.
        gone = [name for name, _ in _named(pair.before.texts("options")) if name not in known]
        wanted |= {name: _UNSAID.get(name, "off") for name in gone}
        main += [f"{alter} SET ({name} = {quoted(value)});" for name, value in wanted.items()]
    return Alteration(main=tuple(main), cannot=SECRET if "secrets" in pair.details else None)


KINDS: Mapping[str, Callable[[Pair], Alteration]] = {
    "statistics": statistics,
    "publication": publication,
    "subscription": subscription,
    "language": language,
    "aggregate": aggregate,
    "foreign_server": foreign_server,
    "foreign_data_wrapper": foreign_data_wrapper,
    "user_mapping": user_mapping,
    "text_search_configuration": text_search_configuration,
    "members": members,
}
