"""Projects and databases as the tools themselves left them: recognised, proven, adopted."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vado.database import connect
from vado.migrations import TOOLS, compare, read_folder, read_ledger

Make = Callable[..., Any]


@dataclass(frozen=True)
class Known:
    """What is known of a fixture: its ledger, how many checksums that has, the first file."""

    ledger: str
    checksums: int
    first: str
    edited: str | None = None


KNOWN = {
    "dbmate": Known("public.schema_migrations", 0, "20240105090000_create_customers.sql"),
    "golang_migrate": Known("public.schema_migrations", 0, "20000101000001_create_customers.sql"),
    "goose": Known("public.goose_db_version", 0, "00001_create_customers.sql"),
    "flyway": Known(
        "public.flyway_schema_history", 4, "20000101000001_create_customers.sql", "V2__*.sql"
    ),
    "supabase": Known(
        "supabase_migrations.schema_migrations",
        3,
        "20240105090000_create_customers.sql",
        "*add_orders.sql",
    ),
    "prisma": Known(
        "public._prisma_migrations",
        3,
        "20240105090000_create_customers.sql",
        "*_add_orders/migration.sql",
    ),
    "drizzle": Known(
        "drizzle.__drizzle_migrations", 3, "20261122155250_create_customers.sql", "0001_*.sql"
    ),
    "sqitch": Known(
        "sqitch.changes", 3, "20261122154943_create_customers.sql", "deploy/add_orders.sql"
    ),
    "alembic": Known("public.alembic_version", 0, "20000101000001_create_customers.sql"),
    "graphile_migrate": Known(
        "graphile_migrate.migrations", 3, "20000101000001_create_customers.sql", "000002-*.sql"
    ),
    "node_pg_migrate": Known("public.pgmigrations", 0, "20240105090000_create_customers.sql"),
}
NAMES = ["create_customers", "add_orders", "add_totals", "add_note"]
every_tool = pytest.mark.parametrize("tool", KNOWN)


def test_every_tool_has_a_project_that_it_made() -> None:
    assert {tool.replace("_", "-") for tool in KNOWN} == set(TOOLS)


@every_tool
def test_project_is_recognised_in_order_with_the_tools_own_checksums(
    foreign: Make, tool: str
) -> None:
    project, known = foreign(tool), KNOWN[tool]

    report = project.report()

    assert report["tool"] == tool.replace("_", "-")
    assert report["ledger"] == known.ledger
    named = [m for m in report["migrations"] if m["name"] != "customers_by_name"]
    assert [m["name"] for m in named] == NAMES
    assert [m["applied"] for m in named] == [True, True, True, False]
    assert report["migrations"][0]["file"] == known.first
    assert (report["checksums_compared"], report["problems"]) == (known.checksums, [])


@pytest.mark.parametrize("tool", [tool for tool, known in KNOWN.items() if known.edited])
def test_edited_file_is_found(foreign: Make, tool: str) -> None:
    project = foreign(tool)
    path = project.file(KNOWN[tool].edited)
    path.write_text(path.read_text() + "\nselect 1;\n")

    ended = project.adopt()

    assert [p["code"] for p in ended.result["problems"]] == ["edited"]
    assert ended.error["code"] == "adoption_refused"
    assert ended.result["changes"] == []


def foreign_ledger(project: Any, table: str) -> str:
    rows = project.rows(f"select t::text as row from {table} as t order by 1")  # noqa: S608 (ours)
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def own_files(folder: Path) -> dict[str, bytes]:
    paths = [p for p in folder.rglob("*") if p.is_file() and p.parent.name != "vado"]
    return {str(path): path.read_bytes() for path in paths}


@every_tool
def test_change_by_hand_is_refused_and_without_it_the_ledger_is_true(
    foreign: Make, tool: str
) -> None:
    project, table = foreign(tool), KNOWN[tool].ledger
    before = foreign_ledger(project, table), own_files(project.folder)

    project.run("alter table customers add column vip boolean not null default false")
    refused = project.adopt()
    nothing = project.rows("select to_regclass('vado.migration') as ledger")
    project.run("alter table customers drop column vip")
    ended = project.adopt()

    assert refused.error["code"] == "adoption_refused"
    assert "public.customers.vip" in refused.error["message"]
    changes = refused.error["details"]["changes"]
    assert [(c["kind"], c["action"]) for c in changes] == [("column", "add")]
    assert (nothing, refused.result["files_written"]) == ([{"ledger": None}], [])
    assert ended.state == "succeeded", ended.error
    assert ended.result["proven"]
    environment = project.vado.environment()
    with connect(project.target) as session:
        standing = compare(read_folder(environment.migrations_folder), read_ledger(session))
    states = [entry.state for entry in standing.entries]
    assert states == [*["applied"] * (len(states) - 1), "pending"]
    assert standing.entries[-1].name == "add_note"
    origins = project.rows("select origin from vado.migration order by version")
    assert {row["origin"]["tool"] for row in origins} == {tool.replace("_", "-")}
    assert before == (foreign_ledger(project, table), own_files(project.folder))
