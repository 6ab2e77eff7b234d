"""Other tools' texts as Vado's, their checksums, and versions for files that have no time."""

from datetime import datetime

import hypothesis
import pytest
from hypothesis import strategies

from vado.migrations.adopt.readers.flyway import line_checksum
from vado.migrations.adopt.readers.graphile import body_hash
from vado.migrations.adopt.readers.sqitch import _Change, change_id
from vado.migrations.adopt.readers.supabase import statements_digest
from vado.migrations.adopt.texts import rising, stamp_of, without_statements, without_transaction

MOMENTS = strategies.datetimes(max_value=datetime(2500, 1, 1))  # noqa: DTZ001 (as names have it)


def test_flyway_checksum_is_the_one_its_users_know() -> None:
    text = "alter table location_history add column valid_until timestamp with time zone;"

    assert line_checksum(text) == -1039259818


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_flyway_checksum_knows_neither_line_ends_nor_a_byte_order_mark(end: str) -> None:
    text = f"\ufeffcreate table a (id int);{end}create table b (id int);{end}"

    assert line_checksum(text) == line_checksum("create table a (id int);create table b (id int);")


def test_graphile_hash_follows_the_one_before() -> None:
    first = body_hash("-", "\nselect 1;\n")

    assert first == body_hash("-", "select 1;")
    assert body_hash(first, "select 1;") != first


def test_change_id_of_sqitch_holds_what_the_plan_says() -> None:
    pragmas = {"project": "shop", "uri": "https://example.com/shop/"}
    at, planner = "2026-11-22T15:49:43Z", "Ada Ford <ada@example.com>"
    note = "create_customers, with a “note”."
    change = _Change("create_customers", (), at, planner, note, "")

    assert change_id(change, pragmas, None) == "909afa632f4710005ad967b3caecdb39f006d902"


def test_statements_of_supabase_are_the_same_however_they_are_spaced() -> None:
    one = statements_digest("create table a (id int);\n\n-- more\nselect ';'  as x;\n")

    assert one == statements_digest("create table a (id int);\nselect ';' as x")
    assert one != statements_digest("create table a (id int);\nselect '; ' as x")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("BEGIN;\n\nselect 1;\n\nCOMMIT;\n", "select 1;"),
        ("begin transaction; select 1; end;", "select 1;"),
        ("START TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nselect 1;\ncommit work", "select 1;"),
        ("select 'begin;'; -- commit;\n", "select 'begin;'; -- commit;"),
        ("begin; rollback;", "rollback;"),
        (
            "do $$ begin perform 1; end $$;",
            "do $$ begin perform 1; end $$;",
        ),
    ],
)
def test_transaction_of_the_tool_is_taken_off(text: str, left: str) -> None:
    assert without_transaction(text) == left


def test_statements_are_taken_out_whole() -> None:
    text = "select 1;\ninsert into alembic_version values (';');\nselect 2;"

    kept = without_statements(text, lambda s: s.startswith("insert"))

    assert kept == "select 1;\n\nselect 2;"


@pytest.mark.parametrize(
    ("digits", "stamp"),
    [
        ("20240105090000", 20240105090000),
        ("1704445200000", 20240105090000),
        ("20241305090000", None),
        ("000001", None),
        ("9" * 13, 22861120174639),
        ("", None),
    ],
)
def test_time_in_a_name_becomes_the_version(digits: str, stamp: int | None) -> None:
    assert stamp_of(digits) == stamp


def test_files_without_times_count_from_the_year_2000() -> None:
    assert rising([None, None, 20240105090000, None, 20240105090000]) == [
        20000101000001,
        20000101000002,
        20240105090000,
        20240105090001,
        20240105090002,
    ]


@hypothesis.given(strategies.lists(strategies.none() | MOMENTS))
def test_versions_rise_whatever_the_times_are(moments: list) -> None:
    stamps = [m and stamp_of(m.strftime("%Y%m%d%H%M%S")) for m in moments]

    versions = rising(stamps)

    assert versions == sorted(set(versions))
    assert versions == rising(stamps)
