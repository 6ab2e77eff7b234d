import pytest

from vado.generate.kinds.casts import conversion


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("integer", "bigint"),
        ("numeric(10,2)", "numeric(12,2)"),
        ("uuid", "text"),
        ("text", "character varying(10)"),
        ("date", "timestamp with time zone"),
        ("json", "jsonb"),
    ],
)
def test_an_assignment_needs_no_expression_and_refuses_what_does_not_fit(
    old: str, new: str
) -> None:
    assert conversion("c", old, new) is None


@pytest.mark.parametrize(
    ("old", "new", "expression"),
    [
        ("text", "integer", "c::integer"),
        ("character varying(36)", "uuid", "c::uuid"),
        ("boolean", "bigint", "c::integer::bigint"),
        ("smallint", "boolean", "c <> 0"),
        ("integer", "uuid", "c::text::uuid"),
        ("bigint", "timestamp with time zone",
         "to_timestamp(c::double precision)::timestamp with time zone"),
        ("integer", "integer[]", "CASE WHEN c IS NOT NULL THEN ARRAY[c]::integer[] END"),
        (
            "text",
            "integer[]",
            ("CASE WHEN c LIKE '{%}' THEN c::integer[]"
            " WHEN c IS NOT NULL THEN ARRAY[c]::integer[] END"),
        ),
        (
            "integer[]",
            "integer",
            ("CASE WHEN cardinality(c) <= 1 THEN c[array_lower(c, 1)]::integer"
            " ELSE c::text::integer END"),
        ),
        ("app.a[]", "app.b[]", "c::text[]::app.b[]"),
    ],
)  # fmt: skip
def test_between_other_types_values_go_by_an_expression(
    old: str, new: str, expression: str
) -> None:
    assert conversion("c", old, new) == expression


def test_a_type_of_the_same_name_takes_its_values_by_what_they_are_called() -> None:
    assert conversion("c", "app.m", "app.m", by_text=True) == "c::text::app.m"
    assert conversion("c", "app.m[]", "app.m[]", by_text=True) == "c::text[]::app.m[]"
