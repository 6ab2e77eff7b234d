"""Constraints of tables and domains, and indexes."""

import re
from collections.abc import Iterator

from vado.generate.kinds.options import set_and_reset
from vado.generate.model import REBUILD, Alteration, Pair
from vado.generate.names import own_name
from vado.schema import CatalogueObject, constraint_line, quoted

_INDEX_MARKS = frozenset({"options", "clustered", "replica_identity", "tablespace", "statistics"})
_DEFERRED = re.compile(r"(?: (?:NOT )?DEFERRABLE| INITIALLY (?:DEFERRED|IMMEDIATE))+$")
_ENFORCED = re.compile(r" NOT ENFORCED$")
_ENFORCED_ALTERED = 180000


def constraint(pair: Pair) -> Alteration:
    """Alter a constraint in place where there is a statement for it, else make it again."""
    if "definition" in pair.details or "not_enforced" in pair.details:
        return _definition(pair)
    if "not_valid" in pair.details and pair.after.flag("not_valid"):
        return REBUILD
    if not pair.only("not_valid", "index_comment", *_INDEX_MARKS):
        return REBUILD
    return Alteration(release=_lost_marks(pair), main=tuple(_in_place(pair)))


def _in_place(pair: Pair) -> Iterator[str]:
    on_domain = pair.table is not None and pair.table.kind == "domain"
    noun = "DOMAIN" if on_domain else "TABLE"
    if "not_valid" in pair.details:
        yield f"ALTER {noun} {pair.after.parent} VALIDATE CONSTRAINT {pair.name};"
    yield from index_marks(pair, _index_of(pair.after))
    if "index_comment" in pair.details:
        yield _index_comment(pair.after)


def _index_comment(item: CatalogueObject) -> str:
    comment = quoted(item.text("index_comment")) or "NULL"
    return f"COMMENT ON INDEX {_index_of(item)} IS {comment};"


def _index_of(item: CatalogueObject) -> str:
    """Return the name of the index that a constraint stands on."""
    schema = re.match(r'(?:"(?:[^"]|"")*"|[^".]+)', item.parent or "")
    return f"{schema.group() if schema else 'public'}.{own_name(item)}"


def _definition(pair: Pair) -> Alteration:
    before, after = pair.before.definition or "", pair.after.definition or ""
    foreign = pair.after.text("type") == "foreign_key"
    if not foreign or not pair.only("definition"):
        return REBUILD
    if _DEFERRED.sub("", before) == _DEFERRED.sub("", after):
        how = _DEFERRED.search(after)
        clause = how.group().strip() if how else "NOT DEFERRABLE"
        text = f"ALTER TABLE {pair.after.parent} ALTER CONSTRAINT {pair.name} {clause};"
        return Alteration(main=(text,))
    enforced = _ENFORCED.sub("", before) == _ENFORCED.sub("", after)
    if enforced and pair.server_version >= _ENFORCED_ALTERED:
        clause = "NOT ENFORCED" if _ENFORCED.search(after) else "ENFORCED"
        text = f"ALTER TABLE {pair.after.parent} ALTER CONSTRAINT {pair.name} {clause};"
        return Alteration(main=(text,))
    return REBUILD


def add_constraint(item: CatalogueObject, above: CatalogueObject | None) -> Iterator[str]:
    """Make a constraint on a table or domain that is there, with what its index says."""
    domain = above is not None and above.kind == "domain"
    foreign = above is not None and above.kind == "foreign_table"
    noun = "DOMAIN" if domain else "FOREIGN TABLE" if foreign else "TABLE"
    yield f"ALTER {noun} {item.parent} ADD {constraint_line(item)};"
    if options := item.texts("options"):
        yield f"ALTER INDEX {_index_of(item)} SET ({', '.join(options)});"
    if item.text("index_comment") is not None:
        yield _index_comment(item)
    if item.flag("clustered"):
        yield f"ALTER TABLE {item.parent} CLUSTER ON {own_name(item)};"
    if item.flag("replica_identity"):
        yield f"ALTER TABLE {item.parent} REPLICA IDENTITY USING INDEX {own_name(item)};"


def drop_constraint(item: CatalogueObject, above: CatalogueObject | None) -> str:
    """Take a constraint away."""
    domain = above is not None and above.kind == "domain"
    foreign = above is not None and above.kind == "foreign_table"
    noun = "DOMAIN" if domain else "FOREIGN TABLE" if foreign else "TABLE"
    return f"ALTER {noun} {item.parent} DROP CONSTRAINT {own_name(item)};"


def index(pair: Pair) -> Alteration:
    """Alter an index in place where there is a statement for it, else build it again."""
    if "invalid" in pair.details or not pair.only(*_INDEX_MARKS):
        return REBUILD
    return Alteration(release=_lost_marks(pair), main=tuple(index_marks(pair, pair.identity)))


def _lost_marks(pair: Pair) -> tuple[str, ...]:
    """Take marks away first: of a table's indexes another one may get them."""
    words = {"replica_identity": "REPLICA IDENTITY DEFAULT", "clustered": "SET WITHOUT CLUSTER"}
    lost = [name for name in words if name in pair.details and not pair.after.flag(name)]
    return tuple(f"ALTER TABLE {pair.after.parent} {words[name]};" for name in lost)


def index_marks(pair: Pair, index_name: str) -> Iterator[str]:
    """Yield what differs in the marks and options of an index."""
    before, after, details = pair.before, pair.after, pair.details
    if "options" in details:
        for clause in set_and_reset(before.texts("options"), after.texts("options")):
            yield f"ALTER INDEX {index_name} {clause};"
    if "tablespace" in details:
        yield f"ALTER INDEX {index_name} SET TABLESPACE {after.text('tablespace') or 'pg_default'};"
    if "clustered" in details and after.flag("clustered"):
        yield f"ALTER TABLE {after.parent} CLUSTER ON {own_name(after).rpartition('.')[2]};"
    if "replica_identity" in details and after.flag("replica_identity"):
        name = index_name.removeprefix(f"{_schema(index_name)}.")
        yield f"ALTER TABLE {after.parent} REPLICA IDENTITY USING INDEX {name};"
    if "statistics" in details:
        yield from _statistics(pair, index_name)


def _schema(name: str) -> str:
    found = re.match(r'(?:"(?:[^"]|"")*"|[^".]+)', name)
    return found.group() if found else ""


def _statistics(pair: Pair, index_name: str) -> Iterator[str]:
    old = dict(text.split(": ", 1) for text in pair.before.texts("statistics"))
    new = dict(text.split(": ", 1) for text in pair.after.texts("statistics"))
    for number in {**old, **new}:
        if old.get(number) != new.get(number):
            target = new.get(number, "-1")
            yield f"ALTER INDEX {index_name} ALTER COLUMN {number} SET STATISTICS {target};"
