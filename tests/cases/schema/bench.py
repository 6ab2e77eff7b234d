"""A server with what all pairs need, and its databases, made and dropped as pairs come and go."""

import itertools
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import psycopg

from tests.cases.schema.dump import dump
from tests.cases.schema.pair import Pair
from vado.database import EmbeddedServer, connect
from vado.schema import Catalogue, read_catalogue

# Made once per server: roles belong to all its databases.
ROLES = ("case_owner", "case_reader", "case_writer", "case_admin", "Case Tester")
_IN_PLACE = 15  # the first version with tablespaces inside the data folder

_numbers = itertools.count(1)


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

    def can_hold(self, pair: Pair) -> bool:
        """Say whether this server knows what the pair is made of."""
        return self.major in pair.versions and (self._knows_xml or not pair.uses_xml)

    @cached_property
    def _knows_xml(self) -> bool:
        with suppress(psycopg.errors.FeatureNotSupported):
            self._admin.execute("select '<a/>'::xml")
            return True
        return False

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

    def wholes(self, database: str) -> dict[str, str]:
        """Return the partitioned table that each partition belongs to, by however many steps."""
        with psycopg.connect(self.dsn(database), autocommit=True) as connection:
            return dict(connection.execute(_WHOLES).fetchall())


class StepFailed(Exception):
    """What psql said."""


_SUBSCRIPTIONS = """
select quote_ident(s.subname) from pg_subscription as s
where s.subdbid = (select d.oid from pg_database as d where d.datname = current_database())
"""
_WHOLES = """
select c.oid::regclass::text, pg_partition_root(c.oid)::regclass::text
from pg_class as c where c.relispartition and c.relkind in ('r', 'p')
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
