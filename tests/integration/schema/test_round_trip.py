"""A schema says the same after a dump and a restore, and after its own DDL was run elsewhere."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from vado.database import Session, Target, connect, tools_for
from vado.schema import (
    diff_databases,
    diff_same_database,
    fingerprint,
    read_catalogue,
    render_ddl,
)

Run = Callable[[Session, str], None]

SCRIPTS = {
    name: (Path(__file__).parent / f"{name}.sql").read_text()
    for name in ("everything", "hostile", "newest", "rare")
}

# Texts that PostgreSQL prints otherwise after it has read what it printed.
RESTLESS = """
create table t (
    status varchar(10) default 'new' check (status in ('new', 'paid')),
    code char(3) check (code not in ('a', 'b') and (code > 'a' and code < 'z')),
    n bigint check (n = any (array[1, 2]::smallint[]) or (n > 5 or n < 0)),
    tags varchar[] default array['a', 'b']::text[]
);
create view v as select * from t where status in ('a', 'b') and (n > 1 and (n < 5 and n <> 3));
create index i on t (n) where status in ('a', 'b');
create policy p on t using (status in ('a', 'b'));
"""


def needs_newest(session: Session, script: str) -> None:
    if script == SCRIPTS["newest"] and session.server_version < 180000:
        pytest.skip("the script is for PostgreSQL 18")


@pytest.mark.parametrize("script", [*SCRIPTS.values(), RESTLESS], ids=[*SCRIPTS, "restless"])
def test_a_dump_and_its_restore_say_the_same(
    database: Target, another: Target, run: Run, script: str, tmp_path: Path
) -> None:
    with connect(database) as session:
        needs_newest(session, script)
        run(session, script)
        before = read_catalogue(session)
        tools = tools_for(session.server_version, tls=False)
    dump = str(tmp_path / "dump")
    for target, argv in (
        (database, [tools.pg_dump, "-Fc", "-f", dump]),
        (another, [tools.pg_restore, "--exit-on-error", "-d", another.dbname, dump]),
    ):
        subprocess.run([str(part) for part in argv], env=target.environment(), check=True)
    with connect(another) as session:
        after = read_catalogue(session)

    assert diff_databases(before, after) == ()
    assert fingerprint(before) == fingerprint(after)


@pytest.mark.parametrize("script", [*SCRIPTS.values(), RESTLESS], ids=[*SCRIPTS, "restless"])
def test_rendered_ddl_makes_the_same_schema(
    database: Target, another: Target, run: Run, script: str
) -> None:
    with connect(database) as session:
        needs_newest(session, script)
        run(session, script)
        before = read_catalogue(session)
    with connect(another) as session:
        run(session, render_ddl(before))
        after = read_catalogue(session)

    assert diff_databases(before, after) == ()
    assert fingerprint(before) == fingerprint(after)


def test_reading_twice_is_no_difference(session: Session, run: Run) -> None:
    run(session, SCRIPTS["everything"])

    first, second = read_catalogue(session), read_catalogue(session)

    assert first == second
    assert diff_same_database(first, second) == ()
