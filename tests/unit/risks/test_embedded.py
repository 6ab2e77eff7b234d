import pytest

from vado.risks import judge
from vado.sql import parse_script, read_body, unfold


def places(text: str) -> list[tuple[str, int, int, int, int]]:
    return [
        (risk.rule, risk.line, risk.column, risk.end_line, risk.end_column)
        for risk in judge([parse_script(text)])
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_place_inside_a_block_is_that_of_the_file(end: str) -> None:
    text = "select 'ñ'; do $b$|begin|  raise notice '€';|  drop table \"ñ\", b;|end $b$;"

    assert places(text.replace("|", end)) == [
        ("drop-table", 4, 14, 4, 17),
        ("drop-table", 4, 19, 4, 20),
    ]


def test_place_of_one_command_inside_a_block() -> None:
    text = "do $$ begin\n  alter table t\n    add a int,\n    drop b;\nend $$;"

    assert places(text) == [("drop-column", 4, 5, 4, 11)]


def test_what_a_function_does_is_shown_where_it_is_called() -> None:
    text = "create function f() returns void language sql as 'drop table t';\n\nselect f();"

    [risk] = judge([parse_script(text)])

    assert (risk.rule, risk.line, risk.column) == ("drop-table", 3, 1)
    assert risk.message.endswith("It happens inside f, which is called here.")


def test_functions_that_call_each_other_come_to_an_end() -> None:
    body = "language plpgsql as $$ begin perform {other}(); drop table t; end $$;"
    text = f"create function a() returns void {body.format(other='b')}"
    text += f"create function b() returns void {body.format(other='a')} select a();"

    assert [rule for rule, *_ in places(text)] == ["drop-table"] * 2


def test_table_of_another_schema_made_in_a_block_is_new() -> None:
    text = "do $$ begin create table s.t (a int); end $$; create index on s.t (a);"

    assert places(text) == []


@pytest.mark.parametrize(
    "body",
    [
        "", "begin", "begin end", "end if; end;", "declare", "begin if then", "begin for", "((",
        "begin execute; end", "begin case when end case", "begin select into", "$$", "begin 'x",
        "<< >> <<", "begin insert into t values (1) returning a into b[", "begin perform",
    ],
)  # fmt: skip
def test_broken_body_is_read_without_a_crash(body: str) -> None:
    assert isinstance(read_body(body), tuple)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("'drop table a'", "drop table a"),
        ("'drop ' || 'table a'", "drop table a"),
        ("'drop table ' || r.name", 'drop table "⟨r.name⟩"'),
        ("format('drop table %I.%I', 'b', x)", 'drop table "b"."⟨x⟩"'),
        ("format('drop table %2$I -- %%', x, y)", 'drop table "⟨y⟩" -- %'),
        ("format('comment on table t is %L', x)", "comment on table t is ''"),
        ("concat('drop table ', quote_ident(x))", 'drop table "⟨x⟩"'),
        ("statement", None),
        ("f(x) || 'drop table a'", None),
        ("1; drop table a", None),
        ("'", None),
    ],
)
def test_what_an_expression_builds(expression: str, text: str | None) -> None:
    assert unfold(expression) == text
