"""Facts about `vado diff --sql` and `vado new --from-diff`."""

from collections.abc import Iterator

import pytest
from tests.integration.cli.conftest import Project, url_of

from vado.database import Identifier, Target, connect

WANTED = """
create table customers (id int primary key, name text not null, city text);
create index on customers (name);
"""


@pytest.fixture
def wanted(shop: Project) -> Iterator[Target]:
    """Another database, with the schema that is wanted."""
    name = Identifier(f"{shop.target.dbname}_wanted")
    with connect(shop.target) as session:
        session.execute("create database {name}", identifiers={"name": name})
    target = shop.target.with_database(name.parts[0])
    with connect(target) as session:
        session.run("create table customers (id int primary key, name text not null, city text)")
        session.run("create index on customers (name)")
    yield target
    with connect(shop.target) as session:
        session.execute("drop database {name} with (force)", identifiers={"name": name})


def test_sql_is_the_script_and_nothing_else(shop: Project, wanted: Target) -> None:
    ends = ["--from", url_of(shop.target), "--to", url_of(wanted)]

    ended = shop.vado("diff", *ends, "--sql")
    document = shop.vado("diff", *ends, "--sql", "--json").document

    assert ended.code == 0
    assert ended.out == document["sql"]
    assert ended.out.splitlines() == [
        "ALTER TABLE public.customers DROP COLUMN fax;",
        "ALTER TABLE public.customers ADD COLUMN city text;",
        "ALTER TABLE public.customers ALTER COLUMN name SET NOT NULL;",
        "CREATE INDEX customers_name_idx ON public.customers USING btree (name);",
    ]
    assert (document["complete"], document["cannot"]) == (True, [])
    assert document["proof"]["equal"] is True


def test_equal_schemas_need_no_script(shop: Project) -> None:
    ended = shop.vado("diff", "--from", url_of(shop.target), "--to", "migrations", "--sql")

    assert (ended.code, ended.out) == (0, "")


def test_what_cannot_be_written_is_told_beside_the_script(shop: Project, wanted: Target) -> None:
    with connect(wanted) as session:
        session.run("create foreign data wrapper far")
        session.run("create server elsewhere foreign data wrapper far")
        session.run("create user mapping for public server elsewhere options (password 'x')")

    ended = shop.vado("diff", "--from", url_of(shop.target), "--to", url_of(wanted), "--sql")

    assert ended.code == 6
    assert "cannot be generated: user mapping for public" in ended.err


def test_a_file_is_one_side_as_a_database_is(shop: Project) -> None:
    (shop.folder / "wanted.sql").write_text(WANTED, encoding="utf-8")

    ended = shop.vado("diff", "--from", "default", "--to", "wanted.sql", "--json")
    broken = shop.folder / "broken.sql"
    broken.write_text("create table t (id int);\nselect nothing;\n", encoding="utf-8")
    failed = shop.vado("diff", "--from", "default", "--to", "broken.sql")

    assert [(c["action"], c["kind"]) for c in ended.document["changes"]].count(
        ("add", "index")
    ) == 1
    assert failed.code == 1
    assert "broken.sql fails on an empty database, line 2" in failed.err


def test_what_is_nothing_is_not_found(shop: Project) -> None:
    ended = shop.vado("diff", "--from", "default", "--to", "nowhere", "--json")

    assert (ended.code, ended.document["error"]["code"]) == (1, "not_found")


def test_a_backup_is_one_side_of_a_comparison(shop: Project) -> None:
    backup = shop.vado("backup", "create", "--json").document["id"]

    ended = shop.vado("diff", "--from", backup, "--to", "default", "--exit-code")

    assert ended.code == 0


def test_a_migration_is_written_from_a_difference_with_its_way_back(
    shop: Project, wanted: Target
) -> None:
    document = shop.vado("new", "wanted", "--from-diff", url_of(wanted), "--json").document
    applied = shop.vado("apply", "--yes", "--accept", "drop-column", "--json")
    after = shop.vado("diff", "--from", "default", "--to", url_of(wanted), "--json").document

    text = (shop.folder / "migrations" / document["file"]).read_text(encoding="utf-8")
    assert document["complete"]
    assert document["down"]["loses"] == ["column public.customers.city"]
    assert "-- the way back takes away: column public.customers.city" in text
    assert applied.code == 0, applied.out
    assert after["equal"]
