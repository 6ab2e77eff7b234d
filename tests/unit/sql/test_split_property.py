"""Any text can be read, and what is read is what PostgreSQL's own parser sees."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vado.sql import parse_script, parser
from vado.sql.parser import parse, tokens
from vado.sql.recovery import chunks

PIECES = st.sampled_from(
    [
        "select 1",
        "select 'it''s; ok'",
        r"select E'it\'s; ok'",
        r"select 'back\'",
        "select $$a;b'$$",
        "select $t$ $$; $t$",
        'select 1 as "x;""y"',
        "select U&'\\00e9;'",
        "select b'01', x'1F'",
        "select /* a /* b; */ c; */ 2",
        "select 3 -- not; this\n",
        "select 'é漢😀;'",
        "select 'a'\n'b;c'",
        "create rule r as on insert to t do also (select 1; select 2)",
        "create function f() returns int begin atomic select case 1 when 1 then 2 end; end",
        "do $x$begin perform 1; end$x$",
        "create table t (a int, b text[])",
        "select a[1:2], 5 %% 2, 1::int",
        "insert into t values (1), (2)",
    ]
)
BETWEEN = st.sampled_from([";", " ;\n", ";;", "; /* ; */ ", ";\r\n", ";--;\n", "\f;\v"])
BROKEN = st.sampled_from(["selec 1", "select (1", "create table t (", "select 1x", "drop", "1 2"])
SCRIPTS = st.lists(st.tuples(PIECES, BETWEEN), max_size=8)
NOISE = st.text(
    st.sampled_from(list("abE'\"$/*-;\\()[]{}%: \r\n\t\x00é漢😀\ufeff\u00a01.Uu&@")), max_size=60
)


def joined(pieces: list[tuple[str, str]]) -> str:
    return "".join(statement + end for statement, end in pieces)


@given(SCRIPTS)
def test_the_split_is_the_parsers_split(pieces: list[tuple[str, str]]) -> None:
    text = joined(pieces)

    script = parse_script(text)

    assert not script.errors
    assert [s.text.rstrip() for s in script.statements] == [s.rstrip() for s, _ in pieces]
    assert [s.node.kind for s in script.statements] == [raw.kind for raw in parse(text)]


@given(SCRIPTS)
def test_the_split_of_a_broken_text_is_the_same(pieces: list[tuple[str, str]]) -> None:
    text = joined(pieces)

    alone = [raw.kind for chunk in chunks(text) for raw in parse(chunk.text)]

    assert alone == [raw.kind for raw in parse(text)]


@given(SCRIPTS, BROKEN, SCRIPTS)
def test_one_broken_statement_hides_no_other(
    before: list[tuple[str, str]], broken: str, after: list[tuple[str, str]]
) -> None:
    script = parse_script(f"{joined(before)}{broken};{joined(after)}")

    assert len(script.errors) == 1
    assert [s.text.rstrip() for s in script.statements] == [
        s.rstrip() for s, _ in [*before, *after]
    ]


@given(NOISE)
@example("\\")
@example("{")
@example("$a$ $")
@example("U&'\\zzzz' E'\\")
def test_nothing_that_can_be_written_crashes(text: str) -> None:
    script = parse_script(text)

    assert all(text[s.offset :].replace("\x00", " ").startswith(s.text) for s in script.statements)
    assert all(0 <= e.offset <= len(text) for e in script.errors)


@given(st.lists(st.one_of(PIECES, NOISE), max_size=6).map(";".join), st.integers(1, 40))
def test_reading_in_parts_changes_nothing(text: str, size: int) -> None:
    clean = text.replace("\x00", " ")
    whole = list(tokens(clean))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "_FIRST_PART", size)
        parts = list(tokens(clean))

    assert parts == whole
