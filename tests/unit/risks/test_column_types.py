import pytest

from vado.risks.column_types import ColumnType, type_named, type_of, verdict
from vado.sql import parse_script

SPELLINGS = [
    ("numeric(10,2)", ColumnType("numeric", (10, 2))),
    ("character varying(20)[]", ColumnType("character varying", (20,), array=True)),
    ("timestamp(3) without time zone", ColumnType("timestamp without time zone", (3,))),
    ("time with time zone", ColumnType("time with time zone")),
    ("double precision", ColumnType("double precision")),
    ("public.mood", ColumnType("public.mood")),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_type_as_the_server_prints_it(text: str, expected: ColumnType) -> None:
    assert type_named(text) == expected


@pytest.mark.parametrize(
    "written", ["numeric(10,2)", "varchar(20)[]", "timestamp(3)", "timetz", "float", "interval(3)"]
)
def test_type_as_users_write_it_is_the_one_the_server_prints(written: str) -> None:
    [statement] = parse_script(f"alter table t alter a type {written}").statements
    [command] = statement.node.nodes("cmds")
    definition = command.node("def")
    assert definition is not None

    parsed = type_of(definition.node("typeName"))

    assert type_named(str(parsed)) == parsed


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("public.mood", "mood", "harmless"),
        ("a.mood", "b.mood", "rewrite"),
        ("public.citext", "text", "reindex"),
        ("text", "citext", "reindex"),
        ("integer", "integer[]", "rewrite"),
        ("numeric(10,2)", "numeric(12,4)", "rewrite"),
        ("numeric(10,2)", "numeric(10,4)", "may_fail"),
        ("interval(6)", "interval(0)", "lossy"),
        ("bigint", "smallint", "may_fail"),
        ("smallint", "bigint", "rewrite"),
        ("uuid", "text", "rewrite"),
    ],
)
def test_verdict(old: str, new: str, expected: str) -> None:
    assert verdict(type_named(old), type_named(new)) == expected


def test_cast_cuts_where_a_plain_change_fails() -> None:
    old, new = type_named("character varying(20)"), type_named("character varying(5)")

    assert verdict(old, new) == "may_fail"
    assert verdict(old, new, cast=True) == "lossy"
