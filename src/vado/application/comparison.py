"""Comparing any two schemas, and the migration that takes one to the other."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from vado.application.sources import BY_CHANCE, Read, Source, read_source, source_of
from vado.application.vado import Vado
from vado.database import Target, connect
from vado.errors import ComparisonImpossible
from vado.schema import Catalogue, diff_databases, read_catalogue

if TYPE_CHECKING:
    from vado.preview import Generated, Side

FORMAT = 1


def compare(vado: Vado, from_: str, to: str) -> dict[str, Any]:
    """Return what makes *to* different from *from_*: each a database, environment, path, backup."""
    sources = [source_of(vado, from_), source_of(vado, to)]
    if all(source.kind == "database" for source in sources):
        with ThreadPoolExecutor(max_workers=2) as pool:
            before, after = pool.map(_read, [source.target for source in sources])
        return _document(before, after)
    one, other = _sides(_read_all(vado, sources))
    return _document(one.catalogue, other.catalogue)


def generate_migration(vado: Vado, from_: str, to: str) -> dict[str, Any]:
    """Return the comparison with the migration from one to the other: `sql`, `cannot`, `proof`."""
    from vado.preview import generate, generate_untried  # noqa: PLC0415 (comparing does without)

    reads = _read_all(vado, [source_of(vado, from_), source_of(vado, to)])
    one, other = _sides(reads)
    target = reads[0].source.target or reads[1].source.target
    runner = reads[0].runner or reads[1].runner
    if target is None:
        found = generate_untried(one, other, runner)
    else:
        found = generate(target, one, other, runner)
    return {**_document(one.catalogue, other.catalogue), **_generated(found)}


def _read_all(vado: Vado, sources: Sequence[Source]) -> list[Read]:
    """Read both sides; what scripts make is made beside the database that is the other side."""
    beside = next((source.target for source in sources if source.target is not None), None)
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda source: read_source(vado, source, beside), sources))


def _sides(reads: Sequence[Read]) -> "tuple[Side, Side]":
    one, other = (read.side for read in reads)
    if any(read.source.made for read in reads):
        return one.without(*BY_CHANCE), other.without(*BY_CHANCE)
    return one, other


def _generated(found: "Generated") -> dict[str, Any]:
    return {
        "sql": found.draft.sql,
        "cannot": [item.to_json() for item in found.draft.cannot],
        "proof": found.proof_json(),
        "complete": found.complete,
    }


def _document(before: Catalogue, after: Catalogue) -> dict[str, Any]:
    changes = diff_databases(before, after)
    return {
        "format": FORMAT,
        "equal": not changes,
        "changes": [change.to_json() for change in changes],
        "not_compared": _not_compared(before, after),
    }


def _read(target: Target | None) -> Catalogue:
    if target is None:
        raise ComparisonImpossible("a side of the comparison is no database")
    with connect(target, application_name="vado diff", read_only=True) as session:
        return read_catalogue(session)


def _not_compared(*catalogues: Catalogue) -> list[dict[str, Any]]:
    """Return the kinds that were seen and not compared, with the larger count of the two sides."""
    found: dict[str, int] = {}
    for catalogue in catalogues:
        for kind, count in catalogue.not_compared:
            found[kind] = max(count, found.get(kind, 0))
    return [{"kind": kind, "count": count} for kind, count in sorted(found.items())]
