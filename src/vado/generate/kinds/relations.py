"""Sequences, views and materialised views."""

from collections.abc import Iterator

from vado.generate.kinds.options import set_and_reset
from vado.generate.model import REBUILD, Alteration, Pair
from vado.schema import CatalogueObject

_LOGGED_SEQUENCES = 150000


def sequence(pair: Pair) -> Alteration:
    """Alter a sequence; where it has come to stays."""
    alter = f"ALTER SEQUENCE {pair.identity}"
    clauses = " ".join(_sequence_clauses(pair))
    main = [f"{alter} {clauses};"] if clauses else []
    if "unlogged" in pair.details and pair.server_version >= _LOGGED_SEQUENCES:
        main.append(f"{alter} SET {'UNLOGGED' if pair.after.flag('unlogged') else 'LOGGED'};")
    return Alteration(main=tuple(main))


def _sequence_clauses(pair: Pair) -> Iterator[str]:
    found, details = pair.after.properties, pair.details
    if "type" in details:
        yield f"AS {found['type']}"
    words = {"increment": "INCREMENT BY", "min": "MINVALUE", "max": "MAXVALUE",
             "start": "START WITH", "cache": "CACHE"}  # fmt: skip
    for name, word in words.items():
        # A new type brings new bounds unless they are said.
        if name in details or ("type" in details and name in {"min", "max"}):
            yield f"{word} {found[name]}"
    if "cycle" in details:
        yield "CYCLE" if pair.after.flag("cycle") else "NO CYCLE"
    if _elsewhere(pair):
        yield "RESTART"


def _elsewhere(pair: Pair) -> bool:
    """Say whether no place where the sequence may be now is one where it can go on."""
    low, high = _bounds(pair.before)
    new_low, new_high = _bounds(pair.after)
    return high < new_low or new_high < low


def _bounds(sequence: CatalogueObject) -> tuple[int, int]:
    low, high = (int(str(sequence.properties[name])) for name in ("min", "max"))
    return low, high


def own(item: CatalogueObject) -> str:
    """Give a sequence to the column that owns it."""
    return f"ALTER SEQUENCE {item.identity} OWNED BY {item.definition};"


def disown(item: CatalogueObject) -> str:
    """Take a sequence from the column that owns it."""
    return f"ALTER SEQUENCE {item.identity} OWNED BY NONE;"


def ownership(pair: Pair) -> Alteration:
    """Give a sequence to another column."""
    return Alteration(release=(disown(pair.before),), bind=(own(pair.after),))


def view(pair: Pair) -> Alteration:
    """Replace a view where its columns stay and more come after them, else make it again."""
    old, new = pair.before.texts("columns"), pair.after.texts("columns")
    if "definition" in pair.details:
        if new[: len(old)] != old:
            return REBUILD
        query = (pair.after.definition or "").rstrip(";")
        options = ", ".join(pair.after.texts("options"))
        clause = f" WITH ({options})" if options else ""
        text = f"CREATE OR REPLACE VIEW {pair.identity}{clause} AS\n{query};"
        return Alteration(main=(text, *_column_defaults(pair)))
    if not pair.only("options", "column_defaults"):
        return REBUILD
    before, after = pair.before.texts("options"), pair.after.texts("options")
    changed = [f"ALTER VIEW {pair.identity} {c};" for c in set_and_reset(before, after)]
    return Alteration(main=(*changed, *_column_defaults(pair)))


def _column_defaults(pair: Pair) -> Iterator[str]:
    alter = f"ALTER VIEW {pair.identity} ALTER COLUMN"
    old = _by_column(pair.before.texts("column_defaults"))
    new = _by_column(pair.after.texts("column_defaults"))
    for name in old.keys() - new.keys():
        yield f"{alter} {name} DROP DEFAULT;"
    for name, expression in new.items():
        if old.get(name) != expression:
            yield f"{alter} {name} SET DEFAULT {expression};"


def _by_column(texts: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in texts:
        name, _, expression = text.partition(" ")
        found[name] = expression
    return found


def materialized_view(pair: Pair) -> Alteration:
    """Alter what is no part of the query; the query itself takes a new view."""
    alter, main = f"ALTER MATERIALIZED VIEW {pair.identity}", []
    if not pair.only("options", "access_method", "tablespace"):
        return REBUILD
    if "access_method" in pair.details:
        main.append(f"{alter} SET ACCESS METHOD {pair.after.text('access_method') or 'heap'};")
    if "tablespace" in pair.details:
        main.append(f"{alter} SET TABLESPACE {pair.after.text('tablespace') or 'pg_default'};")
    before, after = pair.before.texts("options"), pair.after.texts("options")
    main.extend(f"{alter} {clause};" for clause in set_and_reset(before, after))
    return Alteration(main=tuple(main))
