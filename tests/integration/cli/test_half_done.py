"""Facts about what the terminal says of a migration that stopped half-way."""

import pytest
from tests.integration.cli.conftest import Ended, Project

NAME = "20260102000000_mail"
UP = """-- migrate:up
alter table customers add column phone text;
create unique index concurrently customers_fax on customers (fax);
-- migrate:down
alter table customers drop column phone;
drop index customers_fax;
"""


@pytest.fixture
def stopped(shop: Project) -> Project:
    """A migration whose second statement failed and left an invalid index."""
    shop.run("update customers set fax = '1'")
    shop.write(NAME, UP)
    ended = shop.vado("apply", "--yes", "--accept", "create-unique-index-concurrently", "--json")
    assert ended.document["failed"]["name"] == "mail", ended
    assert "undone" not in ended.document
    return shop


def test_status_tells_each_statement_and_the_ways_out(stopped: Project) -> None:
    shown = stopped.vado("status")

    lines = [" ".join(line.split()) for line in shown.out.splitlines()]
    assert "1 of 2 statements are done:" in lines
    assert any(line.startswith("✗ 2 create unique index") for line in lines)
    assert "It left the invalid index public.customers_fax" in shown.out
    for command in (
        "vado preview --to 20260102000000",
        "vado undo --preview",
        "vado undo --with-down --preview",
        "vado mark 20260102000000 --as applied --preview",
        "vado mark 20260102000000 --as pending --preview",
    ):
        assert command in lines
    assert max(map(len, shown.out.splitlines())) <= 80


def test_a_failed_apply_does_not_say_that_nothing_was_done(shop: Project) -> None:
    shop.run("update customers set fax = '1'")
    shop.write(NAME, UP)

    ended = shop.vado("apply", "--yes")

    assert "line 3, column 1  stopped half-way" in ended.out
    assert "what was done of it before that stays" in flat(ended)
    assert "the database is as it was" not in flat(ended)


def test_a_mark_shows_what_it_claims(stopped: Project) -> None:
    shown = stopped.vado("mark", "20260102000000", "--as", "applied", "--preview")

    assert "This statement is not done, by all that is known:" in shown.out
    assert "The invalid index public.customers_fax stays." in flat(shown)


def test_undo_shows_what_takes_back_each_statement_and_does_it(stopped: Project) -> None:
    shown = stopped.vado("undo", "--preview")
    done = stopped.vado("undo", "--yes", "--json")

    assert "→ drop index concurrently if exists public.customers_fax" in shown.out
    assert "→ alter table customers drop column phone" in shown.out
    assert (done.code, done.document["restored"]) == (0, True)
    assert done.document["undone"] == [{"version": "20260102000000", "name": "mail"}]
    assert stopped.ask("select count(*) from pg_index where not indisvalid") == 0


def test_undo_with_the_down_section_fails_in_the_rehearsal_and_not_in_the_database(
    stopped: Project,
) -> None:
    ended = stopped.vado("undo", "--with-down", "--yes")

    assert ended.code == 1
    assert "customers_fax" in ended.out
    assert stopped.ask("select count(phone) from customers") == 0


def test_what_cannot_be_taken_back_is_named_with_its_reason(shop: Project) -> None:
    shop.run("update customers set fax = '1'")
    shop.write(NAME, UP.replace("alter table customers add column phone text", "delete from a"))
    shop.run("create table a (a int)")
    shop.vado("apply", "--yes", "--accept", "delete-without-where")

    refused = shop.vado("undo", "--yes")
    shown = shop.vado("status")

    assert refused.code == 7
    assert "statement 1 of 20260102000000_mail cannot be taken back: it changed rows" in refused.err
    assert "--with-down" in refused.err
    assert "what statement 1 did cannot be taken back: it changed rows" in flat(shown)


def flat(shown: Ended) -> str:
    return " ".join(shown.out.split())


def test_a_plan_tells_the_same_in_both_documents(stopped: Project) -> None:
    plan = stopped.vado("undo", "--preview", "--json").document

    assert plan["state"] == "ready"
    assert plan["basis"].keys() == {"identity", "ledger", "fingerprint"}
    assert [t["way_back"]["code"] for t in plan["taken_back"]] == ["down", "catalogue"]
