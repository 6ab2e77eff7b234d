"""Statements with their exact source and place, and what is refused or broken beside them."""

import pytest

from vado.sql import SqlError, parse_script, position


def texts(script: str) -> list[str]:
    return [s.text for s in parse_script(script).statements]


def errors(script: str) -> list[SqlError]:
    return list(parse_script(script).errors)


@pytest.mark.parametrize(
    ("script", "statements"),
    [
        ("select 1; select 2;", ["select 1", "select 2"]),
        ("select 1", ["select 1"]),
        ("", []),
        (" ; ;; -- nothing\n;", []),
        ("/* a /* nested; */ b; */ select 1;", ["select 1"]),
        ("select $$a;b$$; select $x$ $$;'$x$;", ["select $$a;b$$", "select $x$ $$;'$x$"]),
        (
            r"select E'a\';b'; select 'a\'; select 3;",
            [r"select E'a\';b'", r"select 'a\'", "select 3"],
        ),
        ("select 'a''; b'; select 2", ["select 'a''; b'", "select 2"]),
        ('select 1 as "a;b"; select 2', ['select 1 as "a;b"', "select 2"]),
        ("select 1 -- end; not\n; select 2", ["select 1 -- end; not", "select 2"]),
        ("select 1 as a\u00a0;", ["select 1 as a\u00a0"]),
        ("select 'é';\r\nselect '漢😀';\r\n", ["select 'é'", "select '漢😀'"]),
    ],
)
def test_a_script_is_split_where_postgresql_splits_it(script: str, statements: list[str]) -> None:
    assert texts(script) == statements
    assert not errors(script)


FUNCTION = """create function f(i int) returns int language sql
begin atomic
  select case i when 1 then 2 else 3 end;
  select case when i > 1 then case i when 2 then 1 end end;
end"""
RULE = (
    "create or replace rule r as on insert to t do also (insert into a values (1); delete from b)"
)


@pytest.mark.parametrize("whole", [FUNCTION, RULE, RULE.replace("or replace ", "")])
@pytest.mark.parametrize("broken", ["", "selec 0;\n"])
def test_inner_semicolons_do_not_split(whole: str, broken: str) -> None:
    assert texts(f"{broken}{whole};\nselect 1;") == [whole, "select 1"]


def test_places_count_characters_from_one() -> None:
    script = parse_script("-- ñ\n  select 'é', 1;  /* 漢 */ select\n2;")

    assert [(s.offset, s.line, s.column) for s in script.statements] == [(7, 2, 3), (31, 2, 27)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_all_line_ends_count(line_end: str) -> None:
    script = parse_script(line_end.join(["select 1;", "", "  selec 2;", "select 3"]))

    assert [s.line for s in script.statements] == [1, 4]
    assert (script.errors[0].line, script.errors[0].column) == (3, 3)


def test_a_position_behind_the_text_is_its_end() -> None:
    assert position("ab\ncd", 5) == (2, 3)


def test_the_offset_of_a_statement_is_where_its_text_stands() -> None:
    text = "/* é */ select 1; -- 漢\n\tselect 'ü';"

    for statement in parse_script(text).statements:
        assert text[statement.offset :].startswith(statement.text)


def test_kinds_are_named_in_snake_case() -> None:
    script = parse_script("alter table t add c int; drop table t; delete from t; vacuum")

    assert [s.kind for s in script.statements] == [
        "alter_table_stmt",
        "drop_stmt",
        "delete_stmt",
        "vacuum_stmt",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "begin",
        "start transaction",
        "commit",
        "end",
        "rollback",
        "abort",
        "savepoint a",
        "release savepoint a",
        "rollback to a",
        "prepare transaction 'a'",
        "commit prepared 'a'",
        "rollback prepared 'a'",
        "commit and chain",
        "copy t from stdin",
        "copy t (a) from stdin with (format csv)",
        "copy t to stdout",
        "copy (select 1) to stdout",
    ],
)
def test_what_vado_answers_for_is_refused_with_its_place(statement: str) -> None:
    script = parse_script(f"select 1;\n  {statement};\nselect 2;")

    [error] = script.errors
    assert (error.code, error.line, error.column) == ("refused_statement", 2, 3)
    assert error.hint
    assert [s.text for s in script.statements] == ["select 1", "select 2"]


@pytest.mark.parametrize(
    "statement",
    ["copy t from '/tmp/a'", "copy t from program 'cat'", "set local x.y = 1", "set role r"],
)
def test_what_only_resembles_it_is_let_through(statement: str) -> None:
    assert texts(statement) == [statement]


@pytest.mark.parametrize(
    "line",
    [
        r"\connect other",
        r"\echo it's",
        r'\set x "unclosed',
        r"\echo /* open",
        r"\echo $$ open",
        r"\! rm -rf /",
        r"\copy t from 'a'",
    ],
)
def test_psql_lines_are_refused_and_the_rest_is_read(line: str) -> None:
    script = parse_script(f"select 1;\n{line}\nselect 'a;b';\n")

    [error] = script.errors
    assert (error.code, error.line, error.column) == ("refused_statement", 2, 1)
    assert [s.text for s in script.statements] == ["select 1", "select 'a;b'"]


def test_copied_data_is_not_taken_for_sql() -> None:
    script = parse_script(
        "copy t from stdin;\n"
        "1\tdrop table t; commit;\n"
        "2\tit's /* not closed $$\n"
        "\\N\t\\x\n"
        "\\.\n"
        "insert into t values ('\\d');\n"
    )

    assert [(e.message, e.line) for e in script.errors] == [
        ("copy from stdin is not allowed in a migration", 1)
    ]
    assert [s.text for s in script.statements] == ["insert into t values ('\\d')"]


def test_several_blocks_of_data_are_each_found() -> None:
    block = "copy t from stdin;\nit's\n\\.\n"

    script = parse_script("select 1;\n" + block * 60 + "select 2;")

    assert [e.line for e in script.errors] == [2 + 3 * i for i in range(60)]
    assert [s.text for s in script.statements] == ["select 1", "select 2"]


def test_a_nul_byte_is_refused_where_it_stands() -> None:
    script = parse_script("select 1;\nselect 'a\x00b'; select 3;")

    [error] = script.errors
    assert (error.code, error.line, error.column) == ("refused_statement", 2, 10)
    assert len(script.statements) == 3


def test_half_a_surrogate_pair_is_refused_where_it_stands() -> None:
    [error] = errors("select 1;\nselect '\ud800';")

    assert (error.code, error.line, error.column) == ("refused_statement", 2, 9)


@pytest.mark.parametrize(
    ("broken", "column"),
    [
        ("selec 2", 1),
        ("select 123abc", 8),
        (r"select E'\u00zz'", 8),
        ("select (1", 10),
        ("create table t (id int", 23),
        ("select 1)", 9),
        ("end", 1),
    ],
)
def test_a_broken_statement_does_not_hide_the_others(broken: str, column: int) -> None:
    script = parse_script(f"select 1;\n{broken};\nselect 3;")

    [error] = script.errors
    assert (error.line, error.column - column) == (2, error.column - column)
    assert [s.text for s in script.statements] == ["select 1", "select 3"]


@pytest.mark.parametrize("opening", ["'", '"', "/*", "$$", "$a$", "E'", "U&'"])
def test_what_is_never_closed_is_one_error_at_its_beginning(opening: str) -> None:
    script = parse_script(f"select 1;\nselect {opening} 2;\nselect 3;\n")

    [error] = script.errors
    assert (error.code, error.line, error.column) == ("syntax_error", 2, 8)
    assert [s.text for s in script.statements] == ["select 1"]


def test_an_error_does_not_repeat_the_whole_file() -> None:
    [error] = errors("select '" + "x" * 100_000)

    assert len(error.message) < 400


def test_an_error_at_the_end_is_shown_at_the_last_character() -> None:
    [error] = errors("select 1;\nselect (1  \n\n")

    assert (error.line, error.column) == (2, 9)


def test_a_byte_order_mark_inside_is_an_error_and_no_crash() -> None:
    assert errors("select 1; \ufeffselect 2;")


def test_twenty_thousand_parentheses_are_an_error_and_no_crash() -> None:
    script = parse_script(f"select 1; select {'(' * 20_000}1{')' * 20_000}; select 2")

    [error] = script.errors
    assert error.code == "syntax_error"
    assert [s.text for s in script.statements] == ["select 1", "select 2"]


def test_a_very_deep_expression_is_an_error_at_its_statement() -> None:
    script = parse_script("select 1;\n select " + "||".join(["'a'"] * 9_000) + ";\nselect 2;")

    [error] = script.errors
    assert (error.message, error.line, error.column) == ("nested too deeply to be analysed", 2, 2)
    assert len(script.statements) == 2


def test_a_chain_that_would_end_the_parser_is_an_error_and_no_crash() -> None:
    script = parse_script("select 1; select " + "||".join(["f('a;', b)"] * 60_000) + "; select 2")

    assert [error.message for error in script.errors] == ["nested too deeply to be analysed"]
    assert [s.text for s in script.statements] == ["select 1", "select 2"]


@pytest.mark.parametrize("chain", [" || ", " + ", " union all select ", " or ", " and not "])
def test_a_chain_of_many_hundred_terms_is_read(chain: str) -> None:
    [statement] = parse_script("select " + chain.join(["'a'"] * 5_000)).statements

    assert sum(node.kind == "A_Const" for node in statement.node.walk()) == 5_000


def test_many_short_rows_are_no_chain() -> None:
    assert len(texts("values " + ",".join(["(-1, 2 - 1)"] * 20_000))) == 1
