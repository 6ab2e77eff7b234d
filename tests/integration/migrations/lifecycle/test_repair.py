"""Facts about edited files: the difference is shown, then record or file is put right."""

import pytest

from tests.integration.migrations.lifecycle.conftest import Project
from vado.application import start_repair, status
from vado.errors import ConfirmationRequired, RepairRefused
from vado.migrations import RepairRequest, difference
from vado.migrations.repair import RepairAction
from vado.operations import Operation

EDITED = "-- migrate:up\ncreate table goods (id bigint);\n\n-- migrate:down\ndrop table goods;\n"


@pytest.fixture
def shop(project: Project) -> Project:
    """A migration that is applied, and its file edited since."""
    project.write(1, "create table goods (id int);", "drop table goods;")
    project.apply()
    (project.folder / "1_step.sql").write_text(EDITED)
    return project


def repaired(shop: Project, action: RepairAction, word: str | None = None) -> Operation:
    found = difference(shop.environment, "1")
    request = RepairRequest("1", action, found.file_checksum)
    return shop.ended(start_repair(shop.vado, shop.environment, request, word))


def test_the_difference_is_shown_line_by_line(shop: Project) -> None:
    found = difference(shop.environment, "1")

    assert (found.state, found.to_json()["differs"]) == ("edited", True)
    assert [line for line in found.diff.splitlines()[2:] if line[0] in "+-"] == [
        "-create table goods (id int);",
        "+create table goods (id bigint);",
    ]


def test_fixing_the_record_takes_the_file_and_runs_nothing(shop: Project) -> None:
    ended = repaired(shop, "fix_record")

    assert ended.state == "succeeded", ended.error
    assert status(shop.vado, shop.environment)["edited"] == []
    assert difference(shop.environment, "1").diff == ""
    assert (
        shop.ask(
            "select format_type(atttypid, -1) from pg_attribute where attname = 'id'"
            " and attrelid = 'goods'::regclass"
        )
        == "integer"
    )
    events = "select string_agg(outcome, ' ' order by id) from vado_control.audit_event"
    assert shop.ask(f"{events} where action = 'repair'") == "intent succeeded"


def test_a_restored_file_leaves_the_edited_text_beside_it(shop: Project) -> None:
    (shop.folder / "1_step.sql.edited").write_text("older")

    ended = repaired(shop, "restore_file")

    assert ended.result is not None
    assert ended.result["kept"] == "1_step.sql.edited.2"
    assert (shop.folder / "1_step.sql.edited.2").read_text() == EDITED
    assert (shop.folder / "1_step.sql.edited").read_text() == "older"
    assert status(shop.vado, shop.environment)["edited"] == []


def test_a_missing_file_comes_back_from_the_ledger(shop: Project) -> None:
    (shop.folder / "1_step.sql").unlink()

    ended = repaired(shop, "restore_file")

    assert ended.state == "succeeded", ended.error
    assert status(shop.vado, shop.environment)["missing"] == []


def test_a_file_that_changed_since_it_was_seen_is_left_alone(shop: Project) -> None:
    request = RepairRequest("1", "restore_file", "0" * 64)

    error = shop.refusal(start_repair(shop.vado, shop.environment, request, None))

    assert error["code"] == "changed_meanwhile"
    assert (shop.folder / "1_step.sql").read_text() == EDITED


def test_in_production_the_name_is_typed_before_the_record_changes(shop: Project) -> None:
    shop.become("production")

    with pytest.raises(ConfirmationRequired):
        repaired(shop, "fix_record")

    assert repaired(shop, "fix_record", shop.environment.confirmation_word).state == "succeeded"


def test_a_pending_migration_needs_no_repair(shop: Project) -> None:
    shop.write(2, "select 1;")

    with pytest.raises(RepairRefused):
        difference(shop.environment, "2")


def test_a_new_way_back_is_taken_into_the_record_and_undone_with(shop: Project) -> None:
    shop.write(1, "create table goods (id int);", "drop table if exists goods;")
    repaired(shop, "fix_record")

    plan = shop.undo()

    assert plan.statements[0].sql == "drop table if exists goods"
    assert shop.states() == {1: "undone"}
