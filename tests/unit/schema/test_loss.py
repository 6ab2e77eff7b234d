import pytest

from vado.schema.loss import keeps_values


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("integer", "bigint"),
        ("smallint", "numeric"),
        ("character varying(10)", "character varying(20)"),
        ("character varying(10)", "character varying"),
        ("character varying(10)", "text"),
        ("text", "character varying"),
        ("numeric(10,2)", "numeric(12,2)"),
        ("numeric(10,2)", "numeric(12,4)"),
        ("numeric(10,2)", "numeric"),
        ("real", "double precision"),
        ("date", "timestamp with time zone"),
        ("timestamp(3) without time zone", "timestamp without time zone"),
        ("timestamp(3) without time zone", "timestamp(6) without time zone"),
        ("uuid", "text"),
        ("integer[]", "bigint[]"),
        ("app.mood", "app.mood"),
    ],
)
def test_a_wider_type_keeps_every_value(before: str, after: str) -> None:
    assert keeps_values(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bigint", "integer"),
        ("bigint", "double precision"),
        ("text", "character varying(10)"),
        ("character varying(20)", "character varying(10)"),
        ("character varying", "character varying(10)"),
        ("character(10)", "character"),
        ("numeric(10,2)", "numeric(10,4)"),
        ("numeric", "numeric(10,2)"),
        ("numeric(10,2)", "integer"),
        ("double precision", "real"),
        ("timestamp without time zone", "timestamp(0) without time zone"),
        ("timestamp with time zone", "date"),
        ("timestamp with time zone", "timestamp without time zone"),
        ("json", "jsonb"),
        ("integer", "integer[]"),
        ("text", "app.mood"),
        ('app."odd (name"', "text"),
    ],
)
def test_a_type_that_may_not_hold_all_is_a_loss(before: str, after: str) -> None:
    assert not keeps_values(before, after)
