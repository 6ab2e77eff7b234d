"""What is asked of Vado for each pair, on a real server, with pg_dump and psql as the witnesses."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import psycopg

from tests.cases.schema.bench import Bench, StepFailed
from tests.cases.schema.dump import Block, blocks, residue
from tests.cases.schema.generated import Script, generated, side
from tests.cases.schema.pair import Pair
from vado.preview import Side
from vado.schema import Catalogue, Change, diff_databases, fingerprint

CHECKS = ("reported", "restored", "generated", "stepwise", "at_once", "rows", "closed")

_Rows = Mapping[str, Mapping[str, int]]

# What cannot hold where the migration cannot be written.
_UNREACHED = ("stepwise", "at_once", "closed")


@dataclass
class Outcome:
    """What came of one pair: the residue of each check, None where it held."""

    pair: Pair
    checks: dict[str, str | None] = field(default_factory=dict)
    cannot: tuple[str, ...] = ()
    sql: str = ""

    @property
    def failures(self) -> Mapping[str, str]:
        """The checks that did not hold, with what was left, unless it was said plainly."""
        plain = _UNREACHED if "cannot" in self.pair.expected and self.cannot else ()
        return {
            name: said
            for name, said in self.checks.items()
            if said is not None and (name not in plain or said.startswith("error"))
        }


def prove(bench: Bench, pair: Pair, *, restore: bool = True, again: bool = True) -> Outcome:
    """Ask everything of one pair.

    Without `restore` no dump is restored; without `again` the script is run once only, and what
    it made is not compared by Vado once more.
    """
    outcome = Outcome(pair)
    with bench.database() as a, bench.database() as b:
        for name, sql in ((a, pair.a), (b, pair.b)):
            bench.run(name, sql)
        dumps = {name: bench.dump(name) for name in (a, b)}
        want = blocks(dumps[b])
        sides = Sides(a, b, side(bench.server.target(a)), side(bench.server.target(b)), want)
        before, after = sides.before.catalogue, sides.after.catalogue
        changes = _compared(before, after)
        differs = residue(blocks(dumps[a]), want)
        if "unseen" not in pair.expected:
            outcome.checks["reported"] = _reported(changes, differs, blocks(dumps[a]), want)
        if restore and "not_restored" not in pair.expected:
            outcome.checks["restored"] = _both_restored(bench, {a: before, b: after}, dumps)
        _prove_script(bench, outcome, sides, again=again)
    return outcome


@dataclass(frozen=True)
class Sides:
    """The two databases of a pair, and what is known of them."""

    a: str
    b: str
    before: Side
    after: Side
    want: list[Block]


def _reported(
    changes: tuple[Change, ...], differs: list[str], have: list[Block], want: list[Block]
) -> str | None:
    if bool(changes) != bool(differs):
        if differs:
            return "nothing reported of: " + "\n".join(differs)
        return "reported without a difference: " + "\n".join(map(_told, changes))
    words = set(re.findall(r"\w+", " ".join(map(_told, changes))))
    silent = {block.title for block in _telling(have, want) if not _is_named(block, words)}
    return "not named: " + "\n".join(sorted(silent)) if silent else None


def _telling(have: list[Block], want: list[Block]) -> Iterator[Block]:
    """Give the blocks that differ and must be named, not those that only follow their table."""
    both = {(each.title, each.text) for each in have} & {(each.title, each.text) for each in want}
    children = {each.name.split()[0] for each in (*have, *want) if each.type.endswith("ATTACH")}
    counting = {block.name for block in (*have, *want) if _is_identity(block)}
    for block in set(have) ^ set(want):
        identity = block.name.removeprefix("SEQUENCE ") in counting
        follows_owner = (block.title, block.text) in both
        follows_parent = block.name.split()[0] in children
        if not (identity or follows_owner or follows_parent):
            yield block


def _is_identity(block: Block) -> bool:
    """Say whether it is a sequence that only its column tells of."""
    return block.type == "SEQUENCE" and "GENERATED" in block.text


def _is_named(block: Block, words: set[str]) -> bool:
    if block.type == "DEFAULT ACL":
        return "default_privileges" in words
    plain = block.type == "CAST" or not block.name.endswith(")")
    found = re.findall(r"\w+", block.name if plain else block.name.partition("(")[0])
    return not found or any(word in words for word in found)


def _told(change: Change) -> str:
    details = "; ".join(
        f"{each.property}: {each.before!r} -> {each.after!r}" for each in change.details
    )
    return f"{change.action} {change.kind} {change.identity}: {details}"


def _both_restored(
    bench: Bench, known: Mapping[str, Catalogue], dumps: Mapping[str, str]
) -> str | None:
    for name, catalogue in known.items():
        if said := _restored(bench, catalogue, dumps[name]):
            return said
    return None


def _restored(bench: Bench, catalogue: Catalogue, dumped: str) -> str | None:
    with bench.database() as again:
        bench.run_stepwise(again, dumped)
        restored = bench.catalogue(again)
    changes = diff_databases(catalogue, restored)
    if changes:
        return "\n".join(map(_told, changes))
    return None if fingerprint(catalogue) == fingerprint(restored) else "another fingerprint"


def _prove_script(bench: Bench, outcome: Outcome, sides: Sides, *, again: bool) -> None:
    checks = outcome.checks
    try:
        script = generated(bench.server.target(sides.a), sides.before, sides.after)
    except Exception as error:  # noqa: BLE001 (whatever Vado raises is the finding)
        checks["generated"] = f"{type(error).__name__}: {error}"
        return
    outcome.sql, outcome.cannot = script.sql, script.cannot
    checks["generated"] = None
    rows = bench.rows(sides.a, only="only")
    with bench.copy(outcome.pair, sides.a) as copy:
        checks["stepwise"] = _applied(bench, bench.run_stepwise, copy, script, sides.want)
        if not (checks["stepwise"] or "").startswith("error"):
            wholes = bench.wholes(copy)
            checks["rows"] = _lost(_moved(rows, wholes), bench.rows(copy), bench.rows(sides.b))
            if again:
                checks["closed"] = _not_closed(bench, copy, sides.after.catalogue)
    if again and script.transactional and "not_at_once" not in outcome.pair.expected:
        with bench.copy(outcome.pair, sides.a) as copy:
            checks["at_once"] = _applied(bench, bench.run, copy, script, sides.want)


def _applied(
    bench: Bench,
    run: Callable[[str, str], None],
    database: str,
    script: Script,
    want: list[Block],
) -> str | None:
    try:
        run(database, script.sql)
    except (psycopg.Error, StepFailed) as error:
        return f"error: {error}"
    return "\n".join(residue(blocks(bench.dump(database)), want)) or None


def _moved(rows: _Rows, wholes: Mapping[str, str]) -> _Rows:
    """Count the rows of partitions as those of their whole: they may move among themselves."""
    found: dict[str, dict[str, int]] = {}
    for table, counts in rows.items():
        known = found.setdefault(wholes.get(table, table), {})
        for column, number in counts.items():
            known[column] = known.get(column, 0) + number
    return found


def _lost(
    before: _Rows,
    after: _Rows,
    surviving: _Rows,
) -> str | None:
    said = []
    for table in sorted(before.keys() & surviving.keys()):
        columns = (before[table].keys() & surviving[table].keys()) | {"*"}
        have = after.get(table, {})
        said += [
            f"{table}.{column}: {before[table][column]} -> {have.get(column)}"
            for column in sorted(columns)
            if have.get(column, -1) < before[table][column]
        ]
    return "\n".join(said) or None


def _not_closed(bench: Bench, database: str, after: Catalogue) -> str | None:
    left = _compared(bench.catalogue(database), after)
    return "\n".join(map(_told, left)) or None


def _compared(before: Catalogue, after: Catalogue) -> tuple[Change, ...]:
    """Compare as `vado diff` does, where another order of columns is only a remark."""
    changes = diff_databases(before, after)
    return tuple(change for change in changes if not _only_order(change))


def _only_order(change: Change) -> bool:
    return bool(change.details) and all(d.property == "column_order" for d in change.details)
