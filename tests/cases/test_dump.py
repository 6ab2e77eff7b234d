"""The eyes by which pairs are judged: what counts as the same dump, and what does not."""

import pytest

from tests.cases.schema.dump import blocks, residue


def block(kind: str, name: str, text: str, owner: str = "postgres") -> str:
    return f"--\n-- Name: {name}; Type: {kind}; Schema: public; Owner: {owner}\n--\n\n{text}\n\n"


ONE, TWO = "GRANT SELECT ON TABLE public.t TO a;", "GRANT ALL ON TABLE public.t TO b;"
COLUMNS = ("    a integer,\n    b text DEFAULT 'x,y'", "    b text DEFAULT 'x,y',\n    a integer")
TABLE = block("TABLE", "t", "CREATE TABLE public.t (\n    a integer,\n    b text DEFAULT 'x,y'\n);")
OTHER = block("TABLE", "u", "CREATE TABLE public.u (\n    a integer\n);")


def left(one: str, other: str) -> list[str]:
    return residue(blocks(one), blocks(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TABLE + OTHER, OTHER + TABLE),
        (TABLE, TABLE.replace(*COLUMNS)),
        ("\\restrict abc\n" + TABLE, "\\restrict def\n" + TABLE),
        (block("ACL", "t", f"{ONE}\n{TWO}"), block("ACL", "t", f"{TWO}\n{ONE}")),
        (TABLE, "SET default_table_access_method = heap;\n\n" + TABLE),
    ],
    ids=["objects", "columns", "noise", "grants", "settings"],
)  # fmt: skip
def test_order_alone_is_no_difference(one: str, other: str) -> None:
    assert left(one, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TABLE, TABLE.replace("'x,y'", "'y,x'")),
        (TABLE, TABLE.replace("Owner: postgres", "Owner: other")),
        (TABLE, "SET default_tablespace = fast;\n\n" + TABLE),
        (TABLE + OTHER, TABLE),
        (block("TYPE", "p", "CREATE TYPE p AS (a);"), block("TYPE", "p", "CREATE TYPE p AS (b);")),
        (block("FUNCTION", "f()", "AS $$ a; b $$;"), block("FUNCTION", "f()", "AS $$ b; a $$;")),
    ],
    ids=["default", "owner", "tablespace", "object", "attributes", "body"],
)  # fmt: skip
def test_anything_else_is_one(one: str, other: str) -> None:
    assert left(one, other)


def test_what_is_left_names_the_object() -> None:
    assert left(TABLE + OTHER, TABLE)[0].startswith("too much: TABLE public.u (of postgres)")
