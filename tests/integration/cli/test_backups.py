"""Facts about the verbs that keep backups, and go back to them."""

import json
from pathlib import Path

import pytest
from tests.integration.cli.conftest import Project

RULES = '[backups]\nkeep_daily = 1\nschedule = "30 2 * * *"\n'


def taken(project: Project, *options: str) -> str:
    ended = project.vado("backup", "create", "--json", *options)
    assert ended.code == 0, ended.out
    found: str = ended.document["id"]
    return found


def test_a_list_is_filtered_and_tells_when_nothing_is_like_that(shop: Project) -> None:
    backup = taken(shop, "--label", "before the sale", "--pin")

    assert backup in shop.vado("backup", "list", "--pinned", "--search", "sale").out
    assert "No backup of" in shop.vado("backup", "list", "--state", "proven").out


def test_a_backup_is_pinned_and_labelled_and_shown(shop: Project, isolated: Path) -> None:
    backup = taken(shop)
    [manifest] = isolated.rglob(f"{backup}.json")
    lacking = json.loads(manifest.read_text()) | {"left_out": ["large_objects"]}
    manifest.write_text(json.dumps(lacking))

    pinned = shop.vado("backup", "pin", backup, "--json").document
    labelled = shop.vado("backup", "label", backup, "the one", "--json").document
    shown = shop.vado("backup", "show", backup).out
    unpinned = shop.vado("backup", "unpin", backup, "--json").document

    assert (pinned["pinned"], labelled["label"], unpinned["pinned"]) == (True, "the one", False)
    assert "the one" in shown
    assert "large objects" in shown
    assert labelled["sha256"] in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_folder_that_cannot_be_looked_at_is_said_and_stops_no_status(
    shop: Project, isolated: Path
) -> None:
    [manifest] = isolated.rglob(f"{taken(shop)}.json")
    manifest.parent.rename(isolated / "away")
    manifest.parent.touch()

    listed = shop.vado("backup", "list", "--json")

    assert listed.document["error"]["details"]["reason"] == "folder_unreadable"
    assert (listed.code, shop.vado("status").code) == (1, 0)


def test_prune_only_shows_in_a_pipe_until_it_is_told_yes(shop: Project) -> None:
    (shop.folder / "vado.toml").write_text(RULES, encoding="utf-8")
    older, newer = taken(shop), taken(shop)

    shown = shop.vado("backup", "prune")
    seen = shop.vado("backup", "prune", "--json").document
    done = shop.vado("backup", "prune", "--yes", "--json").document

    assert (seen["deleted"], done["deleted"]) == ([], [older])
    assert "--yes" in shown.out
    assert [i["id"] for i in shop.vado("backup", "list", "--json").document["items"]] == [newer]


def test_without_rules_prune_says_where_they_are_written(shop: Project) -> None:
    taken(shop)

    assert "vado.toml" in shop.vado("backup", "prune").out


def test_the_schedule_is_told(shop: Project) -> None:
    assert "No environment" in shop.vado("backup", "schedule").out
    (shop.folder / "vado.toml").write_text(RULES, encoding="utf-8")

    [item] = shop.vado("backup", "schedule", "--json").document["items"]

    assert (item["cron"], item["last_id"]) == ("30 2 * * *", None)
    assert "30 2 * * *" in shop.vado("backup", "schedule").out


def test_a_key_is_made_once_and_its_secret_is_never_printed(shop: Project) -> None:
    made = shop.vado("backup", "key", "backups.key")
    again = shop.vado("backup", "key", "backups.key", "--json")

    secret = (shop.folder / "backups.key").read_text(encoding="utf-8")
    assert "encrypt_to" in made.out
    assert "AGE-SECRET-KEY" in secret
    assert "AGE-SECRET-KEY" not in made.out
    assert again.code != 0
    assert (shop.folder / "backups.key").read_text(encoding="utf-8") == secret


def test_a_foreign_dump_comes_into_quarantine(shop: Project, isolated: Path) -> None:
    backup = taken(shop)
    [dump] = isolated.rglob(f"{backup}.dump")
    foreign = shop.folder / "foreign.dump"
    foreign.write_bytes(dump.read_bytes())

    imported = shop.vado("backup", "import", str(foreign), "--json").document
    refused = shop.vado("backup", "restore", imported["id"], "--confirm", shop.target.dbname)

    assert imported["quarantined"] is True
    assert (refused.code, "Traceback" in refused.err) == (7, False)


def test_what_was_replaced_is_kept_and_one_goes_back_and_forgets_it(shop: Project) -> None:
    backup = taken(shop)
    shop.run("delete from customers where id <= 40")
    word = shop.target.dbname

    restored = shop.vado("backup", "restore", backup, "--confirm", word, "--json").document
    rows = shop.ask("select count(*) from customers")
    [kept] = shop.vado("backup", "kept", "--json").document["items"]
    refused = shop.vado("backup", "undo", kept["database"], "--json")
    undone = shop.vado("backup", "undo", kept["database"], "--confirm", word, "--json").document
    back = shop.ask("select count(*) from customers")
    other = undone["previous_database"]
    asked = shop.vado("backup", "forget", other, "--json")
    gone = shop.vado("backup", "forget", other, "--confirm", other, "--json")

    assert (restored["mode"], rows, back) == ("swap", 100, 60)
    assert kept["database"] == restored["previous_database"]
    assert (refused.code, asked.code, gone.code) == (7, 7, 0)
    assert asked.document["error"]["details"]["word"] == other
    assert shop.vado("backup", "kept", "--json").document["items"] == []


def test_single_tables_come_back_beside_without_a_word(shop: Project) -> None:
    backup = taken(shop)
    shop.run("delete from customers where id <= 40")

    restore = ("backup", "restore", backup, "--table", "public.customers", "--json")
    refused = shop.vado(*restore, "--mode", "swap", "--confirm", shop.target.dbname)
    report = shop.vado(*restore, "--schema", "then").document

    assert refused.code == 2
    assert (report["mode"], report["schema"]) == ("tables", "then")
    assert shop.ask("select count(*) from customers") == 60
    assert shop.ask('select count(*) from "then".customers') == 100


def test_a_comparison_tells_what_a_restore_would_lose(shop: Project) -> None:
    backup = taken(shop)
    shop.run("insert into customers select n, 'new' from generate_series(101, 150) as n")
    shop.run("alter table customers add column later int")

    found = shop.vado("backup", "compare", backup, "--json").document
    text = shop.vado("backup", "compare", backup).out

    [table] = [t for t in found["tables"] if t["name"] == "public.customers"]
    assert (table["rows_now"], table["rows_then"]) == (150, 100)
    assert any(c["identity"] == "public.customers.later" for c in found["changes"])
    assert "public.customers" in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    "typed",
    [
        ("show", "bk_none"),
        ("pin", "../../etc/passwd"),
        ("compare", "bk_none"),
        ("undo", "nowhere", "--confirm", "WORD"),
        ("forget", "postgres", "--confirm", "postgres"),
        ("import", "/nowhere.dump"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_told_without_a_traceback(
    shop: Project, typed: tuple[str, ...]
) -> None:
    words = [shop.target.dbname if word == "WORD" else word for word in typed]

    ended = shop.vado("backup", *words, "--json")

    assert ended.code in {1, 7}
    assert json.loads(ended.out)["error"]["code"] != "internal_error"


def test_what_is_not_at_neon_has_no_neon_status(shop: Project) -> None:
    ended = shop.vado("neon", "status", "--json")

    assert (ended.code, ended.document["error"]["code"]) == (1, "not_found")
