import pytest

from vado.sql import canonical_expression, canonical_query, canonical_statement


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
            (
                "((s)::text = ANY "
                "(ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))"
            ),
        ),
        ("((a > 1) AND ((b > 2) AND (c > 3)))", "((a > 1) AND (b > 2) AND (c > 3))"),
        ("((a OR b) OR (c OR d))", "(a OR b OR c OR d)"),
        (
            "(ARRAY[ARRAY[1, 2], ARRAY[3, 4]])::bigint[]",
            "ARRAY[ARRAY[(1)::bigint, (2)::bigint], ARRAY[(3)::bigint, (4)::bigint]]",
        ),
        ("(ARRAY['a'::text])::text[] || x", "ARRAY['a'::text] || x"),
    ],
)
def test_two_spellings_of_one_meaning_are_one(one: str, other: str) -> None:
    assert canonical_expression(one) == canonical_expression(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("((a AND b) OR c)", "(a AND (b OR c))"),
        ("(NOT (NOT a) AND b)", "(NOT a AND b)"),
        ("(a AND b)", "(b AND a)"),
        ("ARRAY[1, 2]", "ARRAY[2, 1]"),
        ("ARRAY[]::text[]", "ARRAY[]::integer[]"),
        ("('a AND b'::text)", "('a  AND b'::text)"),
        ("(ARRAY[1])::bigint[]", "(ARRAY[1])::integer[]"),
    ],
)
def test_two_meanings_stay_two(one: str, other: str) -> None:
    assert canonical_expression(one) != canonical_expression(other)


def test_what_the_parser_cannot_read_stays_as_it_is() -> None:
    assert canonical_expression("a AND (") == "a AND ("


def test_a_deep_condition_is_read_or_left_alone() -> None:
    deep = "(" * 20_000 + "a AND b" + ")" * 20_000

    assert canonical_expression(deep)


def test_statements_have_one_spelling_too() -> None:
    one = "CREATE INDEX i ON t USING btree (a) WHERE ((a > 1) AND ((b > 2) AND (c > 3)))"
    other = "CREATE INDEX i ON t USING btree (a) WHERE ((a > 1) AND (b > 2) AND (c > 3))"

    assert canonical_statement(one) == canonical_statement(other)


def test_a_list_of_rows_has_one_spelling() -> None:
    one = 'SELECT column1 AS k FROM (VALUES (1)) "*VALUES*"'
    other = 'SELECT column1 AS k FROM ( VALUES (1)) "*VALUES*"'

    assert canonical_statement(one) == canonical_statement(other)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("select t.a from public.t where t.b > 1", "select a from public.t where b > 1"),
        ("select x.a from (select t.a from t) x", "select a from (select t.a from t) x"),
        (
            "select t.a, (select max(z.a) from u z where z.b = t.b) from t",
            "select a, (select max(z.a) from u z where z.b = t.b) from t",
        ),
        ("select t.a from t tablesample system (10)", "select a from t tablesample system (10)"),
    ],
)
def test_queries_of_one_relation_are_the_same_over_versions(older: str, newer: str) -> None:
    assert canonical_query(older) == canonical_query(newer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("select t.a from t", "select u.a from t"),
        ("select t.a from t", "select t.b from t"),
        ("select t.a from t, u", "select a from t, u"),
        ("select t.a from t where t.a = 1", "select a from t where a = 2"),
    ],
)
def test_queries_of_other_meaning_stay_two_over_versions(one: str, other: str) -> None:
    assert canonical_query(one) != canonical_query(other)
