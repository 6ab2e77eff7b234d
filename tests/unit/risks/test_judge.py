import json
from pathlib import Path

import pytest

from vado.risks import Facts, Risk, judge, message, remedy
from vado.risks.model import LEVELS, lowered
from vado.schema import Catalogue, CatalogueObject, TableSize
from vado.sql import parse_script

CASES = Path(__file__).parents[2] / "cases" / "risks"


def risks(*texts: str, facts: Facts | None = None) -> tuple[Risk, ...]:
    return judge([parse_script(text) for text in texts], facts)


def table(name: str) -> CatalogueObject:
    return CatalogueObject("table", f"public.{name}", 1, 0, "public", {})


def sized(rows: float) -> Facts:
    catalogue = Catalogue(180006, (table("orders"),))
    return Facts(catalogue, {"public.orders": TableSize(rows, 8192)}, 180006)


def test_message_names_the_object_and_remedy_is_sql() -> None:
    [risk] = risks("create index on orders (total)")

    assert risk.message == "CREATE INDEX stops all writes to orders until the index is built."
    assert risk.remedy == "create index concurrently on orders (total);"
    assert risk.params["lock"] == "SHARE"
    assert risk.params["blocks"] == "writes"


def test_small_table_is_one_level_lower_and_says_its_size() -> None:
    [risk] = risks("create index on orders (total)", facts=sized(9_999))

    assert risk.level == "medium"
    assert risk.params["rows"] == 9_999
    assert risk.message.endswith(" The table has about 9,999 rows.")


def test_large_table_keeps_its_level() -> None:
    [risk] = risks("create index on orders (total)", facts=sized(10_000))

    assert risk.level == "high"


def test_table_that_was_never_counted_gets_the_cautious_level() -> None:
    [risk] = risks("create index on orders (total)", facts=sized(-1))

    assert risk.level == "high"
    assert "rows" not in risk.params


def test_loss_from_a_small_table_is_no_smaller() -> None:
    [risk] = risks("drop table orders", facts=sized(1))

    assert risk.level == "critical"
    assert risk.params["rows"] == 1


def test_place_of_one_command_among_several() -> None:
    [risk] = risks("alter table orders\n  add a int,\n  drop   column b -- gone\n  ;")

    assert (risk.line, risk.column) == (3, 3)
    assert (risk.end_line, risk.end_column) == (3, 18)


def test_place_counts_characters_not_bytes() -> None:
    [risk] = risks("select 'ñandú €'; truncate clientes_ñ;")

    assert (risk.line, risk.column, risk.end_column) == (1, 19, 38)


def test_comma_inside_parentheses_strings_and_comments_is_no_border() -> None:
    text = "alter table t add a numeric(10, 2) default 1.5 /* , */, add b text default ',', drop c"

    [risk] = risks(text)

    assert risk.column == text.index("drop c") + 1


def test_broken_statement_does_not_hide_the_others() -> None:
    [risk] = risks("selec 1; drop table orders;")

    assert risk.rule == "drop-table"
    assert risk.column == 10


def test_later_migration_knows_what_an_earlier_one_created() -> None:
    assert risks("create table stage (id int)", "drop table stage") == ()


def test_schema_tells_tables_of_one_name_apart() -> None:
    [risk] = risks("create table stage.orders (id int); drop table orders;")

    assert risk.params["table"] == "orders"


def test_public_is_where_an_unqualified_name_is_created() -> None:
    assert risks("create table stage (id int); drop table public.stage;") == ()


def test_search_path_of_the_plan_is_followed() -> None:
    text = "set search_path to sales; create table stage (id int); drop table sales.stage;"

    assert risks(text) == ()


def test_renamed_schema_takes_its_tables_along() -> None:
    text = "create schema a; create table a.t (id int); alter schema a rename to b; drop table b.t;"

    assert risks(text) == ()


def test_table_moved_to_another_schema_is_still_new() -> None:
    text = "create table t (id int); alter table t set schema a; create index on a.t (id);"

    assert risks(text) == ()


@pytest.mark.parametrize("name", ['"a""b"', '"a\nb"', '"<img onerror=1>"', '"{table}"', '"Ñ"'])
def test_hostile_name_is_quoted_as_it_was(name: str) -> None:
    [risk] = risks(f"drop table {name}")

    assert risk.params["table"] == name
    assert name in risk.message


def test_keyword_as_a_name_is_quoted() -> None:
    [risk] = risks('drop table "order"')

    assert risk.params["table"] == '"order"'


def test_name_that_is_a_word_of_ours_is_not_translated() -> None:
    params = {"variant": "table", "table": "writes", "unused": "writes_unused"}

    assert "writes" in message("es", "drop-table", params)


def test_spanish_is_made_from_rule_and_params() -> None:
    [risk] = risks("alter table orders set schema archive", facts=sized(1_000))

    text = message("es", risk.rule, risk.params)

    assert text.startswith("Mover la tabla orders al esquema archive")
    assert remedy("es", risk.rule, risk.params)


def test_number_is_grouped_as_the_language_does() -> None:
    [risk] = risks("drop table orders", facts=sized(1_234_567))

    assert "1,234,567" in risk.message
    assert "1.234.567" in message("es", risk.rule, risk.params)


def test_risk_survives_json() -> None:
    [risk] = risks("drop table orders")

    assert Risk.from_json(json.loads(json.dumps(risk.to_json()))) == risk


def test_statements_keep_their_order() -> None:
    found = risks("drop table b; truncate a", "delete from c")

    assert [(risk.script, risk.statement) for risk in found] == [(0, 0), (0, 1), (1, 0)]


def test_level_goes_down_to_the_lowest() -> None:
    assert [lowered(level) for level in LEVELS] == ["low", "low", "medium", "high"]


def test_catalogue_of_a_table_of_another_name_changes_nothing() -> None:
    [risk] = risks("drop table customers", facts=sized(1))

    assert "rows" not in risk.params


@pytest.mark.parametrize("order", [1, -1])
def test_any_plan_can_be_judged(order: int) -> None:
    texts = [path.read_text() for path in sorted(CASES.glob("*/*/migration.sql"))[::order]]

    assert len(risks(*texts)) > 100
    assert len(risks(*texts, facts=sized(5))) > 100


def test_transaction_that_ends_in_the_text_ends_for_the_judge_too() -> None:
    add = "alter table t add constraint c check (a > 0) not valid;"
    validate = "alter table t validate constraint c;"

    assert [risk.rule for risk in risks(add + validate)] == ["validate-in-same-transaction"]
    assert risks(f"begin; {add} commit; begin; {validate} commit;") == ()
