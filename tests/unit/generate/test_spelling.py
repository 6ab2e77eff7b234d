import pytest

from vado.generate.spelling import faithful


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (
            "((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
            (
                "((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying]"
                "::character varying[])::text[]))"
            ),
        ),
        (
            "(n = ANY ((ARRAY[100, 200])::numeric[]))",
            "(n = ANY ((ARRAY[100, 200]::integer[])::numeric[]))",
        ),
        (
            "(s = ANY (ARRAY['a'::character varying]::text[]))",
            "(s = ANY ((ARRAY['a'::character varying]::character varying[])::text[]))",
        ),
        (
            (
                'CREATE VIEW s."v w" AS\n SELECT column1 AS "a,b",\n    column2\n'
                "   FROM (VALUES (1,'x'::text), (2,')'::text)) \"*VALUES*\";"
            ),
            "CREATE VIEW s.\"v w\" (\"a,b\", column2) AS VALUES (1,'x'::text), (2,')'::text);",
        ),
        (
            'CREATE VIEW v AS\n SELECT "*VALUES*".column1 AS k\n   FROM (VALUES (1)) "*VALUES*";',
            "CREATE VIEW v (k) AS VALUES (1);",
        ),
        ("(((n >= 1) AND (n <= 9)) AND (m > 1))", "((n BETWEEN 1 AND 9) AND (m > 1))"),
        ("(((n < 1) OR (n > 9)) OR (m > 1))", "((n NOT BETWEEN 1 AND 9) OR (m > 1))"),
        (
            "((lower(a) >= 'x AND y'::text) AND (lower(a) <= 'z)'::text))",
            "(lower(a) BETWEEN 'x AND y'::text AND 'z)'::text)",
        ),
    ],
)
def test_what_would_be_read_otherwise_is_said_in_other_words(printed: str, written: str) -> None:
    assert faithful(printed) == written


@pytest.mark.parametrize(
    "text",
    [
        "((a >= 1) AND (b <= 9))",
        "((a > 1) AND (a <= 9))",
        "((a >= 1) AND (a <= 9) AND c)",
        "(x = ANY (ARRAY['a'::text, 'b'::text]))",
        "(x = ANY ((ARRAY['a'::text, 1])::text[]))",
        "COMMENT ON TABLE t IS '((n >= 1) AND (n <= 9)) (ARRAY[1])::bigint[]';",
        "AS $body$ ((n >= 1) AND (n <= 9)) $body$;",
        "((((",
    ],
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert faithful(text) == text
