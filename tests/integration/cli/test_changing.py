"""Facts about preview, apply and backups as they are typed."""

from pathlib import Path

import pytest
from tests.integration.cli.conftest import Project

DROP_FAX = "-- migrate:up\nalter table customers drop column fax;\n"
PLAN_KEYS = {
    *("format", "plan_id", "digest", "statements", "risks", "changes", "losses", "rehearsal"),
    "requires",
}
APPLY_KEYS = {
    *("format", "operation_id", "plan_id", "state", "applied", "failed", "not_run"),
    "backup_id",
}


def test_preview_tells_what_would_happen_and_changes_nothing(shop: Project) -> None:
    shop.write("20260102000000_drop_fax", DROP_FAX)

    ended = shop.vado("preview", "--json")

    plan = ended.document
    assert ended.code == 0
    assert plan.keys() >= PLAN_KEYS
    assert [(x["identity"], x["rows"], x["exact"]) for x in plan["losses"]] == [
        ("public.customers.fax", 50, True)
    ]
    assert plan["rehearsal"].keys() >= {"place", "ok", "limits"}
    assert shop.ask("select count(fax) from customers") == 50


def test_preview_is_readable_in_eighty_columns_without_escape_codes(shop: Project) -> None:
    shop.write("20260102000000_drop_fax", DROP_FAX)

    ended = shop.vado("preview")

    assert "50 values of public.customers.fax" in ended.out
    assert "drop-column" in ended.out
    assert "\x1b" not in ended.out + ended.err
    assert all(len(line) <= 80 for line in ended.out.splitlines())


def test_preview_exits_by_what_it_found(shop: Project) -> None:
    assert shop.vado("preview", "--exit-code").code == 0

    shop.write("20260102000000_drop_fax", DROP_FAX)

    assert shop.vado("preview", "--exit-code").code == 3
    assert shop.vado("preview", "--max-risk", "high").code == 4
    assert shop.vado("preview", "--max-risk", "critical").code == 0


def test_a_rehearsal_that_fails_points_at_the_sql(shop: Project) -> None:
    shop.write("20260102000000_bad", "-- migrate:up\nselect 1;\nselect nothing from customers;\n")

    ended = shop.vado("preview")

    assert ended.code == 1
    assert "20260102000000_bad.sql:3:8" in ended.out
    line, caret = next(
        (line, below)
        for line, below in zip(ended.out.splitlines(), ended.out.splitlines()[1:], strict=False)
        if below.strip() == "^"
    )
    assert line[caret.index("^") :].startswith("nothing")


def test_a_syntax_error_has_line_and_column(shop: Project) -> None:
    shop.write("20260102000000_bad", "-- migrate:up\nselect 1;\ncreate tabel t ();\n")

    shown = shop.vado("preview")
    document = shop.vado("preview", "--json").document

    assert shown.code == 1
    assert "20260102000000_bad.sql:3:8" in shown.err
    assert "^" in shown.err
    assert (document["error"]["details"]["line"], document["error"]["details"]["column"]) == (3, 8)


def test_apply_in_one_go_backs_up_before_data_is_lost(shop: Project) -> None:
    shop.write("20260102000000_drop_fax", DROP_FAX)

    ended = shop.vado("apply", "--json")

    document = ended.document
    assert ended.code == 0
    assert document.keys() == APPLY_KEYS
    assert document["state"] == "succeeded"
    assert document["applied"] == [{"version": "20260102000000", "name": "drop_fax"}]
    assert document["backup_id"].startswith("bk_")


def test_apply_with_nothing_pending_says_so(shop: Project) -> None:
    shown, ended = shop.vado("apply"), shop.vado("apply", "--json")

    assert (shown.code, ended.code) == (0, 0)
    assert "Nothing is pending" in shown.out
    assert ended.document == {
        "format": 1,
        "operation_id": None,
        "plan_id": None,
        "state": "succeeded",
        "applied": [],
        "failed": None,
        "not_run": [],
        "backup_id": None,
    }


def test_the_first_apply_in_a_pipe_needs_consent(project: Project) -> None:
    project.write("1_first", "create table first (id int);")

    ended = project.vado("apply")

    assert ended.code == 7
    assert "--yes" in ended.err
    assert project.ask("select to_regclass('first') is null") is True


def test_a_failure_has_the_shape_of_an_apply(shop: Project) -> None:
    shop.write("20260102000000_bad", "insert into customers values (1);")
    shop.write("20260103000000_after", "create table after (id int);")
    plan = shop.vado("preview", "--json").document

    ended = shop.vado("apply", "--plan", plan["plan_id"], "--json")

    document = ended.document
    assert ended.code == 1
    assert document.keys() == APPLY_KEYS | {"error"}
    assert document["state"] == "failed"
    assert document["failed"]["version"] == "20260102000000"
    assert document["failed"]["sqlstate"] == "23505"
    assert (document["failed"]["line"], document["failed"]["column"]) == (1, 1)
    assert document["not_run"] == [{"version": "20260103000000", "name": "after"}]


def test_a_failed_rehearsal_keeps_an_apply_from_beginning(shop: Project) -> None:
    shop.write("20260102000000_fine", "create table fine (id int);")
    shop.write("20260103000000_bad", "select wrong;")

    ended = shop.vado("apply", "--json")

    assert ended.code == 1
    assert ended.document["state"] == "failed"
    assert ended.document["failed"]["column"] == 8
    assert ended.document["applied"] == []
    assert shop.ask("select to_regclass('fine') is null") is True


def test_a_syntax_error_has_the_shape_of_a_failed_apply(shop: Project) -> None:
    shop.write("20260102000000_bad", "selekt 1;")

    ended = shop.vado("apply", "--json")

    assert ended.code == 1
    assert ended.document["failed"] == {
        "version": "20260102000000",
        "line": 1,
        "column": 1,
        "sqlstate": "42601",
        "message": '20260102000000_bad.sql:1:1: syntax error at or near "selekt"',
        "name": "bad",
    }


def test_a_file_edited_after_the_preview_is_refused(shop: Project) -> None:
    shop.write("20260102000000_one", "create table one (id int);")
    plan_id = shop.vado("preview", "--json").document["plan_id"]
    shop.write("20260102000000_one", "create table two (id int);")

    ended = shop.vado("apply", "--plan", plan_id, "--json")

    assert ended.code == 7
    assert ended.document["error"]["code"] == "plan_outdated"
    assert ended.document["error"]["details"]["changed"] == ["files"]


def test_an_edited_applied_file_is_refused(shop: Project) -> None:
    shop.write("20260101000000_customers", "select 2;")

    ended = shop.vado("apply", "--json")

    assert ended.code == 7
    assert ended.document["error"]["code"] == "ledger_conflict"


def test_production_takes_a_plan_a_name_and_each_risk(shop: Project) -> None:
    shop.write("20260102000000_drop_fax", DROP_FAX)
    production = ["--class", "production", "--json"]

    without = shop.vado("apply", "--yes", *production)
    plan_id = shop.vado("preview", *production).document["plan_id"]
    typed = ["apply", "--plan", plan_id, "--yes", *production]
    unconfirmed = shop.vado(*typed)
    confirmed = shop.vado(*typed, "--confirm", shop.target.dbname, "--accept", "drop-column")

    assert (without.code, without.document["error"]["code"]) == (7, "plan_required")
    assert unconfirmed.code == 7
    missing = unconfirmed.document["error"]["details"]["missing"]
    assert [m["kind"] for m in missing] == ["confirmation", "accept_risk"]
    assert (confirmed.code, confirmed.document["state"]) == (0, "succeeded")


def test_max_risk_keeps_an_apply_from_beginning(shop: Project) -> None:
    shop.write("20260102000000_drop_fax", DROP_FAX)

    ended = shop.vado("apply", "--max-risk", "high", "--json")

    assert (ended.code, ended.document["error"]["code"]) == (4, "risk_above_limit")
    assert shop.ask("select count(fax) from customers") == 50


def test_a_backup_is_taken_listed_verified_restored_and_deleted(shop: Project) -> None:
    backup = shop.vado("backup", "create", "--label", "noon", "--json").document
    shop.run("delete from customers")

    verified = shop.vado("backup", "verify", backup["id"], "--json")
    refused = shop.vado("backup", "restore", backup["id"], "--yes", "--json")
    name = shop.target.dbname
    restored = shop.vado("backup", "restore", backup["id"], "--confirm", name, "--json")

    assert (backup["format"], backup["state"], backup["label"]) == (1, "verified", "noon")
    assert verified.document["id"] == backup["id"]
    assert (refused.code, refused.document["error"]["code"]) == (7, "confirmation_required")
    assert restored.document.keys() >= {
        *("format", "operation_id", "state", "database", "previous_database"),
    }
    assert shop.ask("select count(*) from customers") == 100
    assert backup["id"] in shop.vado("backup", "list").out
    _delete(shop, backup["id"])
    shop.run(f'drop database "{restored.document["previous_database"]}"')


def _delete(shop: Project, backup_id: str) -> None:
    shop.vado("backup", "pin", backup_id)
    refused = shop.vado("backup", "delete", backup_id, "--yes", "--json")
    deleted = shop.vado("backup", "delete", backup_id, "--confirm", backup_id, "--json")

    assert refused.code == 7
    assert deleted.document == {"format": 1, "id": backup_id, "deleted": True}
    ids = [b["id"] for b in shop.vado("backup", "list", "--json").document["items"]]
    assert backup_id not in ids


def test_a_damaged_backup_exits_6(shop: Project, isolated: Path) -> None:
    backup = shop.vado("backup", "create", "--json").document
    [file] = [p for p in isolated.rglob("*.dump") if backup["id"] in p.name]
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.chmod(0o600)
    file.write_bytes(data)

    ended = shop.vado("backup", "verify", backup["id"], "--json")

    assert (ended.code, ended.document["error"]["code"]) == (6, "backup_damaged")


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_a_stopped_server_is_one_clear_sentence(project: Project, json: list[str]) -> None:
    ended = project.vado("status", "--url", "postgresql://me@127.0.0.1:1/gone", *json)

    assert ended.code == 1
    assert "Traceback" not in ended.out + ended.err
    if json:
        assert ended.document["error"]["code"] == "connection_failed"
    else:
        first, second = ended.err.splitlines()
        assert first.startswith("error: cannot work with me@127.0.0.1:1/gone")
        assert second.startswith("hint: ")


def test_a_usage_error_exits_2_also_as_json(project: Project) -> None:
    ended = project.vado("status", "--nonsense", "--json")

    assert (ended.code, ended.document["error"]["code"]) == (2, "usage")


def test_a_class_does_not_overrule_vado_toml(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.folder / "vado.toml").write_text(
        '[environments.live]\nurl_env = "LIVE_URL"\nclass = "production"\n', encoding="utf-8"
    )
    monkeypatch.setenv("LIVE_URL", "postgresql://me@db.example.com/live")

    ended = project.vado("apply", "--class", "development", "--json")

    assert (ended.code, ended.document["error"]["code"]) == (2, "usage")
