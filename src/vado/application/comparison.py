"""Comparing any two schemas, and the migration that takes one to the other."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vado.application.sources import (
    BY_CHANCE,
    Read,
    Source,
    place_for,
    read_source,
    source_of,
)
from vado.application.vado import Vado
from vado.database import Target, connect
from vado.errors import ComparisonImpossible
from vado.schema import (
    Catalogue,
    comparison_document,
    diff_databases,
    read_catalogue,
    read_sizes,
    render_ddl,
)

if TYPE_CHECKING:
    from vado.preview import Generated

# Changed in one step, a table of this size keeps others waiting for long enough to be noticed.
LARGE_BYTES = 64 * 1024 * 1024


def compare(vado: Vado, from_: str, to: str) -> dict[str, Any]:
    """Return what makes *to* different from *from_*: each a database, environment, path, backup."""
    sources = [source_of(vado, from_), source_of(vado, to)]
    if all(source.kind == "database" for source in sources):
        with ThreadPoolExecutor(max_workers=2) as pool:
            before, after = pool.map(_read, [source.target for source in sources])
        return comparison_document(before, after)
    reads = _read_all(vado, sources)
    before, after = (read.side.without(*_ignored(reads)).catalogue for read in reads)
    return comparison_document(before, after)


@dataclass(frozen=True, slots=True)
class Order:
    """Which migration is wanted; each side is a Source or what names one.

    `safe`: all tables are changed so that others go on working with them; else those of
    `LARGE_BYTES` and more are when `by_size` is set. `renames` are facts that somebody vouches for.
    With `ddl` the statements of what differs are told for both sides, to be read side by side.
    """

    from_: Source | str
    to: Source | str
    safe: bool = False
    by_size: bool = False
    renames: tuple[str, ...] = ()
    ddl: bool = False


def generate_migration(vado: Vado, order: Order) -> dict[str, Any]:
    """Return the comparison with the migration from one to the other: `sql`, `cannot`, `proof`."""
    from vado.generate import Manner, rename  # noqa: PLC0415 (comparing does without)
    from vado.preview import Wanted, generate  # noqa: PLC0415 (as above)

    reads = _read_all(vado, [_source(vado, order.from_), _source(vado, order.to)])
    ignored = _ignored(reads)
    one, other = (read.side.without(*ignored) for read in reads)
    runner = reads[0].runner or reads[1].runner
    target = reads[0].source.target or reads[1].source.target
    wanted = Wanted(
        one,
        other,
        target,
        place_for(vado, target),
        Manner(runner=runner, ignored=ignored, safe=_in_use(order, reads[0])),
        tuple(rename(text) for text in order.renames),
    )
    document = comparison_document(one.catalogue, other.catalogue)
    if order.ddl:
        document["ddl"] = _ddl(one.catalogue, other.catalogue)
    return {**document, **_generated(generate(wanted))}


def _ddl(before: Catalogue, after: Catalogue) -> dict[str, str]:
    """Return the statements of what differs, tables with all that belongs to them."""
    sides = (before, after)
    names = {change.identity for change in diff_databases(before, after)}
    names |= {table for side in sides for table in _tables_of(side, names)}
    for side in sides:
        schemas = {item.identity for item in side.of_kind("schema")}
        tables = names & side.by_parent.keys() - schemas
        names |= {part.identity for table in tables for part in side.by_parent[table]}
    return {
        "before": render_ddl(before, only=names),
        "after": render_ddl(after, only=names),
    }


def _tables_of(side: Catalogue, names: Collection[str]) -> Iterator[str]:
    schemas = {item.identity for item in side.of_kind("schema")}
    for item in side.objects:
        if item.identity in names and item.parent is not None and item.parent not in schemas:
            yield item.parent


def _source(vado: Vado, asked: Source | str) -> Source:
    return source_of(vado, asked) if isinstance(asked, str) else asked


def _in_use(order: Order, read: Read) -> frozenset[str]:
    """Return the tables that others are to go on working with."""
    tables = {item.identity for item in read.side.catalogue.of_kind("table")}
    if order.safe:
        return frozenset(tables)
    if not order.by_size or read.source.target is None or read.source.kind != "database":
        return frozenset()
    with connect(read.source.target, application_name="vado diff", read_only=True) as session:
        sizes = read_sizes(session)
    large = {name for name, size in sizes.items() if size.bytes >= LARGE_BYTES}
    return frozenset(tables & large)


def _read_all(vado: Vado, sources: Sequence[Source]) -> list[Read]:
    """Read both sides; what scripts make is made beside the database that is the other side."""
    beside = next((source.target for source in sources if source.target is not None), None)
    # On the embedded server one after the other: it tidies up after each.
    with ThreadPoolExecutor(max_workers=1 if beside is None else 2) as pool:
        return list(pool.map(lambda source: read_source(vado, source, beside), sources))


def _ignored(reads: Sequence[Read]) -> tuple[str, ...]:
    return BY_CHANCE if any(read.source.made for read in reads) else ()


def _generated(found: "Generated") -> dict[str, Any]:
    return {
        "sql": found.draft.sql,
        "cannot": [item.to_json() for item in found.draft.cannot],
        "proof": found.proof_json(),
        "complete": found.complete,
    }


def _read(target: Target | None) -> Catalogue:
    if target is None:
        raise ComparisonImpossible("a side of the comparison is no database")
    with connect(target, application_name="vado diff", read_only=True) as session:
        return read_catalogue(session)
