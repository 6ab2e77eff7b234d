"""A schema says the same after a dump and a restore, and after its own DDL was run elsewhere."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from vado.database import (
    SCRATCH_SETTINGS,
    Session,
    Target,
    connect,
    server_bin_folder,
    start_server,
    tools_for,
)
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
    for name in ("everything", "hostile", "newest", "queries", "rare")
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


def copied(source: Target, copy: Target, dump: Path, major: int) -> None:
    tools = tools_for(major * 10_000, tls=False)
    for target, argv in (
        (source, [tools.pg_dump, "-Fp", "-s", "-O", "-f", str(dump)]),
        (copy, [tools.pg_dump.with_name("psql"), "-qX", "-v", "ON_ERROR_STOP=1", "-f", str(dump)]),
    ):
        subprocess.run([*map(str, argv), "-d", target.dbname], env=target.environment(), check=True)


@pytest.mark.matrix
@pytest.mark.parametrize("script", [SCRIPTS["everything"], SCRIPTS["queries"], SCRIPTS["rare"]])
def test_servers_of_different_versions_say_the_same(
    database: Target, open_folder: Path, run: Run, script: str, tmp_path: Path
) -> None:
    older = server_bin_folder(15)
    if older is None:
        pytest.skip("no PostgreSQL 15 in the cache")
    with connect(database) as session:
        if session.server_version < 180000:
            pytest.skip("compared with PostgreSQL 18")
    with start_server(
        open_folder / f"older-{abs(hash(script))}", settings=SCRATCH_SETTINGS, bin_folder=older
    ) as server:
        with connect(server.target()) as session:
            run(session, script)
            before = read_catalogue(session)
        copied(server.target(), database, tmp_path / "dump", 15)
    with connect(database) as session:
        after = read_catalogue(session)

    assert diff_databases(before, after) == ()


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
