"""What is asked of Vado for each pair, on a real server, with pg_dump and psql as the witnesses."""

import itertools
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.cases.schema.dump import Block, blocks, dump, residue
from tests.cases.schema.generated import Script, generated, side
from tests.cases.schema.pair import Pair
from vado.database import EmbeddedServer, connect
from vado.preview import Side
from vado.schema import Catalogue, Change, diff_databases, fingerprint, read_catalogue

# Made once per server: roles belong to all its databases.
ROLES = ("case_owner", "case_reader", "case_writer", "case_admin", "Case Tester")
_IN_PLACE = 15  # the first version with tablespaces inside the data folder
CHECKS = ("reported", "restored", "generated", "stepwise", "at_once", "rows", "closed")

# What cannot hold where the migration cannot be written.
_UNREACHED = ("stepwise", "at_once", "closed")

_numbers = itertools.count(1)


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
        plain = _UNREACHED if self.pair.cannot and self.cannot else ()
        return {
            name: said
            for name, said in self.checks.items()
            if said is not None and (name not in plain or said.startswith("error"))
        }


class Bench:
    """Databases of one server, made and dropped as pairs need them."""

    def __init__(self, server: EmbeddedServer, programs: Path) -> None:
        self.server = server
        self.programs = programs
        self._admin = psycopg.connect(self.dsn("postgres"), autocommit=True)
        for role in ROLES:
            with suppress(psycopg.errors.DuplicateObject):
                self._admin.execute(f'create role "{role}"')
        if self.major >= _IN_PLACE:
            self._admin.execute("set allow_in_place_tablespaces = on")
            with suppress(psycopg.errors.DuplicateObject):
                self._admin.execute("create tablespace case_space location ''")

    def close(self) -> None:
        self._admin.close()

    def dsn(self, database: str) -> str:
        target = self.server.target(database)
        return f"host={target.host} port={target.port} user={target.user} dbname={database}"

    @property
    def major(self) -> int:
        return self._admin.info.server_version // 10_000

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        name = f"pair_{next(_numbers)}"
        strategy = " strategy file_copy" if self.major > 14 else ""
        self._admin.execute(f"create database {name} template {template}{strategy}")
        try:
            yield name
        finally:
            self._drop(name)

    def _drop(self, name: str) -> None:
        try:
            self._admin.execute(f"drop database {name} with (force)".encode())
        except psycopg.errors.ObjectInUse:
            # A subscription, also one without a slot, keeps its database.
            with psycopg.connect(self.dsn(name), autocommit=True) as connection:
                for (one,) in connection.execute(_SUBSCRIPTIONS).fetchall():
                    for way in (" disable", " set (slot_name = none)"):
                        connection.execute(f"alter subscription {one}{way}".encode())
                    connection.execute(f"drop subscription {one}".encode())
            self._admin.execute(f"drop database {name} with (force)".encode())

    @contextmanager
    def copy(self, pair: Pair, original: str) -> Iterator[str]:
        """Give a copy of the database that the pair begins with."""
        if "create subscription" not in pair.a:
            with self.database(original) as copy:
                yield copy
        else:  # a template copy has no subscriptions
            with self.database() as copy:
                self.run(copy, pair.a)
                yield copy

    def run(self, database: str, sql: str) -> None:
        """Run a script as one transaction."""
        with psycopg.connect(self.dsn(database), autocommit=True) as connection:
            connection.execute(sql.encode())

    def run_stepwise(self, database: str, sql: str) -> None:
        """Run a script as psql does: statement by statement, ending at the first error."""
        done = subprocess.run(
            [
                str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                "-d", self.dsn(database), "-f", "-",
            ],
            input=sql.encode(), capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise StepFailed(done.stderr.decode())

    def dump(self, database: str) -> str:
        return dump(self.programs / "pg_dump", self.dsn(database))

    def catalogue(self, database: str) -> Catalogue:
        with connect(self.server.target(database), read_only=True) as session:
            return read_catalogue(session)

    def rows(self, database: str, *, only: str = "") -> dict[str, dict[str, int]]:
        """Count rows, and values of each stored column, of all tables.

        With `only` those of partitions and children are not their parent's.
        """
        with psycopg.connect(self.dsn(database), autocommit=True) as connection:
            found: dict[str, dict[str, int]] = {}
            for table, columns in connection.execute(_TABLES).fetchall():
                counts = ", ".join(f"count({column})" for column in ["*", *columns])
                # The names come quoted from the server.
                query = f"select {counts} from {only} {table}"  # noqa: S608
                row = connection.execute(query.encode()).fetchone()
                assert row is not None
                found[table] = dict(zip(["*", *columns], row, strict=True))
            return found


class StepFailed(Exception):
    """What psql said."""


_SUBSCRIPTIONS = """
select quote_ident(s.subname) from pg_subscription as s
where s.subdbid = (select d.oid from pg_database as d where d.datname = current_database())
"""
_TABLES = """
select c.oid::regclass::text, coalesce((
    select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute as a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
), '{}')
from pg_class as c
where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text not in
    ('pg_catalog', 'information_schema') and c.relnamespace::regnamespace::text not like 'pg\\_%'
order by 1
"""


def prove(bench: Bench, pair: Pair, *, restore: bool = True) -> Outcome:
    """Ask everything of one pair."""
    outcome = Outcome(pair)
    with bench.database() as a, bench.database() as b:
        for name, sql in ((a, pair.a), (b, pair.b)):
            bench.run(name, sql)
        dumps = {name: bench.dump(name) for name in (a, b)}
        want = blocks(dumps[b])
        sides = Sides(a, b, side(bench.server.target(a)), side(bench.server.target(b)), want)
        before, after = sides.before.catalogue, sides.after.catalogue
        changes = diff_databases(before, after)
        differs = residue(blocks(dumps[a]), want)
        if not pair.unseen:
            outcome.checks["reported"] = _reported(changes, differs, blocks(dumps[a]), want)
        if restore and not pair.not_restored:
            outcome.checks["restored"] = _both_restored(bench, {a: before, b: after}, dumps)
        _prove_script(bench, outcome, sides)
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
    for block in set(have) ^ set(want):
        identity = block.type == "SEQUENCE" and "GENERATED" in block.text
        follows_owner = (block.title, block.text) in both
        follows_parent = block.name.split()[0] in children
        if not (identity or follows_owner or follows_parent):
            yield block


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


def _prove_script(bench: Bench, outcome: Outcome, sides: Sides) -> None:
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
            checks["rows"] = _lost(rows, bench.rows(copy), bench.rows(sides.b))
            checks["closed"] = _not_closed(bench, copy, sides.after.catalogue)
    if script.transactional:
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


def _lost(
    before: Mapping[str, Mapping[str, int]],
    after: Mapping[str, Mapping[str, int]],
    surviving: Mapping[str, Mapping[str, int]],
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
    changes = diff_databases(bench.catalogue(database), after)
    left = [change for change in changes if not _only_order(change)]
    return "\n".join(map(_told, left)) or None


def _only_order(change: Change) -> bool:
    return bool(change.details) and all(d.property == "column_order" for d in change.details)


@contextmanager
def bench_on(server: EmbeddedServer, programs: Path) -> Iterator[Bench]:
    """Open a bench on a server."""
    bench = Bench(server, programs)
    try:
        yield bench
    finally:
        bench.close()


def scratch_folder() -> Path:
    """Return a folder that a server's account can reach."""
    memory = Path("/dev/shm")  # noqa: S108 (mkdtemp makes a folder of our own there)
    place = memory if os.access(memory, os.W_OK | os.X_OK) else Path("/tmp")  # noqa: S108 (likewise)
    folder = Path(tempfile.mkdtemp(prefix="vado-pairs-", dir=place))
    folder.chmod(0o711)
    return folder
