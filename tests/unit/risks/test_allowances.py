import pytest

from vado.risks import Risk, allowance_errors, judge
from vado.sql import parse_script


def risks(text: str) -> list[tuple[str, str | None]]:
    return [(risk.rule, risk.suppressed) for risk in judge([parse_script(text)])]


def errors(text: str) -> list[tuple[str, int, int]]:
    found = allowance_errors(parse_script(text))
    assert {error.code for error in found} <= {"invalid_allowance"}
    return [(error.message, error.line, error.column) for error in found]


def test_reason_stands_with_the_risk_that_is_allowed() -> None:
    text = '-- vado: allow=drop-table reason="moved to the archive"\ndrop table a;'

    assert risks(text) == [("drop-table", "moved to the archive")]


def test_allowed_risk_is_as_destructive_as_before() -> None:
    [risk] = judge([parse_script('drop table a; -- vado: allow=drop-table reason="x"')])

    assert (risk.destructive, risk.level) == (True, "critical")
    assert Risk.from_json(risk.to_json()) == risk


def test_allowance_is_about_its_statement_only() -> None:
    text = 'drop table a;\n-- vado: allow=drop-table reason="x"\ndrop table b;\ndrop table c;'

    assert [reason for _, reason in risks(text)] == [None, "x", None]


def test_allowance_is_about_its_rules_only() -> None:
    text = '-- vado: allow=drop-table reason="x"\ndrop table a cascade;'

    assert dict(risks(text)) == {"drop-table": "x", "cascade": None}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(end: str) -> None:
    text = 'select 1;|drop table a|  ; -- vado: allow=drop-table reason="ñ"|drop table b;'

    assert risks(text.replace("|", end)) == [("drop-table", "ñ"), ("drop-table", None)]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("allow=drop-table", "the allowance of drop-table gives no reason"),
        ('allow=drop-table reason="  "', "the allowance of drop-table gives no reason"),
        ('allow=drop-tables reason="x"', "there is no rule drop-tables to allow"),
        ('allow drop-table reason="x"', "this allowance cannot be read"),
        ("allow=drop-table reason=x", "this allowance cannot be read"),
        ('allow-in-file=nothing reason="x"', "there is no rule nothing to allow"),
    ],
)
def test_wrong_allowance_is_an_error_at_its_place_and_allows_nothing(
    comment: str, message: str
) -> None:
    text = f"select '€';\n  -- vado: {comment}\ndrop table a;"

    assert errors(text) == [(message, 2, 3)]
    assert risks(text) == [("drop-table", None)]


def test_other_comments_of_vado_are_no_allowances() -> None:
    assert errors("-- vado: depends=20261120090000\n-- allow=drop-table\nselect 1;") == []


def test_allowance_before_a_broken_statement_is_not_taken_by_the_next() -> None:
    text = '-- vado: allow=drop-table reason="x"\ndrop tabel a;\ndrop table b;'

    assert risks(text) == [("drop-table", None), ("unused-allowance", None)]
