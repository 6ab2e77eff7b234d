"""Facts about the commands that change nothing."""

import json
from pathlib import Path

import pytest
from tests.integration.cli.conftest import Project, url_of

from vado.database import Identifier, connect

STATUS_KEYS = {
    *("format", "environment", "class", "server_version", "version", "pending", "edited"),
    *("missing", "out_of_order", "partial", "drift", "last_backup"),
}


def test_status_is_one_document_with_the_promised_keys(project: Project) -> None:
    project.write("1_first", "select 1;")

    ended = project.vado("status", "--json")

    assert ended.code == 0
    assert ended.err == ""
    assert ended.document.keys() >= STATUS_KEYS
    assert ended.document["pending"] == [{"version": "1", "name": "first"}]
    assert ended.document["drift"] is None


def test_status_creates_nothing_in_the_database(project: Project) -> None:
    project.vado("status")

    assert project.ask("select to_regnamespace('vado') is null") is True


def test_exit_code_tells_that_something_is_pending(shop: Project) -> None:
    assert shop.vado("status", "--exit-code").code == 0

    shop.write("20260102000000_next", "select 1;")

    assert shop.vado("status").code == 0
    assert shop.vado("status", "--exit-code").code == 3


def test_an_edited_file_is_named_with_what_to_do(shop: Project) -> None:
    shop.write("20260101000000_customers", "select 'something else';")

    ended = shop.vado("status", "--exit-code")

    assert ended.code == 3
    assert "Edited after they were applied" in ended.out
    assert "vado repair 2" in " ".join(ended.out.split())


def test_drift_is_found_when_asked_for(shop: Project) -> None:
    assert shop.vado("status", "--drift", "--json").document["drift"]["drifted"] is False

    shop.run("alter table customers add column sneaked_in int")

    ended = shop.vado("status", "--drift", "--exit-code", "--json")
    assert ended.document["drift"]["drifted"] is True
    assert ended.code == 3


def test_new_writes_a_file_without_a_database(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")

    ended = project.vado("new", "Add orders", "--json")

    document = ended.document
    assert document["file"] == f"{document['version']}_add_orders.sql"
    assert len(document["version"]) == 14
    assert Path(document["path"]).read_text(encoding="utf-8").startswith("-- migrate:up")


def test_lint_needs_neither_database_nor_configuration(
    project: Project, monkeypatch: pytest.MonkeyPatch, isolated: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    path = project.write("x", "create table a (id int);\ndrop table old;\nbegin;\n")

    ended = project.vado("lint", "--json", str(path))

    [file] = ended.document["files"]
    assert ended.code == 1
    assert file["file"] == str(path)
    assert [(e["line"], e["column"], e["code"]) for e in file["errors"]] == [
        (3, 1, "refused_statement")
    ]
    [risk] = file["risks"]
    assert risk.keys() == {
        *("rule", "level", "category", "line", "column", "message", "remedy"),
    }
    assert (risk["rule"], risk["level"], risk["line"]) == ("drop-table", "critical", 2)
    assert not isolated.exists()


def test_lint_exits_4_only_with_max_risk(project: Project) -> None:
    path = str(project.write("x", "drop table old;"))

    assert project.vado("lint", path).code == 0
    assert project.vado("lint", path, "--max-risk", "high").code == 4
    assert project.vado("lint", path, "--max-risk", "critical").code == 0


def test_lint_reports_a_file_it_cannot_read_and_judges_the_others(project: Project) -> None:
    good = str(project.write("x", "select 1;"))

    ended = project.vado("lint", "--json", "nowhere.sql", good)

    first, second = ended.document["files"]
    assert ended.code == 1
    assert first["errors"][0]["message"].startswith("nowhere.sql cannot be read")
    assert second == {"file": good, "errors": [], "risks": [], "suppressed": []}


def test_lint_knows_the_tables_of_a_database(shop: Project) -> None:
    path = str(shop.write("x", "create index on customers (name);"))

    [alone] = shop.vado("lint", "--json", path).document["files"]
    [known] = shop.vado("lint", "--json", path, "--url", url_of(shop.target)).document["files"]

    assert alone["risks"][0]["level"] == "high"
    assert known["risks"][0]["rule"] == alone["risks"][0]["rule"]


def test_a_syntax_error_is_shown_with_a_caret(project: Project) -> None:
    path = str(project.write("x", "select 1;\ncreate tabel t (id int);\n"))

    out = project.vado("lint", path).out

    lines = out.splitlines()
    caret = next(number for number, line in enumerate(lines) if line.strip() == "^")
    assert lines[caret - 1][lines[caret].index("^") :].startswith("tabel")


def test_diff_compares_any_two_databases(shop: Project) -> None:
    name = Identifier(f"{shop.target.dbname}_other")
    other = shop.target.with_database(name.parts[0])
    with connect(shop.target) as session:
        session.execute("create database {name}", identifiers={"name": name})
    try:
        typed = ["diff", "--from", url_of(other), "--to", url_of(shop.target)]
        ended = shop.vado(*typed, "--json", "--exit-code")
        same = shop.vado("diff", "--from", url_of(other), "--to", url_of(other), "--exit-code")
        shown = shop.vado(*typed)
    finally:
        with connect(shop.target) as session:
            session.execute("drop database {name}", identifiers={"name": name})

    document = ended.document
    assert document.keys() >= {"format", "equal", "changes", "not_compared"}
    assert ("table", "public.customers", "add") in [
        (c["kind"], c["identity"], c["action"]) for c in document["changes"]
    ]
    assert (ended.code, same.code, shown.code) == (3, 0, 0)
    assert "+ table public.customers" in shown.out


def test_history_lists_what_was_done(project: Project) -> None:
    project.write("1_first", "create table first (id int);")
    project.vado("apply", "--yes", "--json")

    document = project.vado("history", "--json", "--limit", "1").document

    assert document["items"][0]["kind"] == "apply"
    assert document["total"] == 2
    assert document["next"] == document["items"][0]["id"]
    assert "succeeded" in project.vado("history").out


def test_environments_are_listed_without_secrets(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.folder / "vado.toml").write_text(
        '[environments.live]\nurl_env = "LIVE_URL"\nclass = "production"\n'
        '[environments.gone]\nurl_env = "GONE_URL"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("LIVE_URL", "postgresql://me:s3cret-word@db.example.com/live")

    ended = project.vado("env", "list", "--json")

    live, gone = ended.document["items"]
    assert (live["class"], live["database"], gone["usable"]) == ("production", "live", False)
    assert "s3cret-word" not in ended.out


def test_client_tools_are_listed(project: Project) -> None:
    items = project.vado("tools", "list", "--json").document["items"]

    assert items
    assert all(item.keys() == {"version", "folder", "tls", "zstd", "chosen_for"} for item in items)


def test_without_a_command_the_commands_are_shown(project: Project) -> None:
    ended = project.vado()

    assert ended.code == 0
    assert "preview" in ended.out


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_are_in_the_language_of_the_locale(
    shop: Project, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("LANG", f"{language}_XX.UTF-8")

    out = shop.vado("status").out

    assert ("Pendiente" in out) == (language == "es")


def test_json_stays_in_english_in_every_language(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VADO_LANG", "es")

    error = project.vado("apply", "--plan", "none", "--json").document["error"]

    assert error["message"] == "there is no plan 'none'"
    assert json.dumps(error)


def test_history_shows_what_was_refused_and_what_was_over_at_once(shop: Project) -> None:
    backup = shop.vado("backup", "create", "--json").document["id"]
    assert shop.vado("backup", "restore", backup, "--json").code == 7
    assert shop.vado("backup", "verify", "bk_none", "--json").code == 1

    acts = shop.vado("history", "--json").document["acts"]
    text = shop.vado("history").out

    assert [(a["action"], a["outcome"], a["subject"]) for a in acts] == [
        ("verify", "refused", "bk_none"),
        ("restore", "refused", backup),
    ]
    assert acts[1]["error"]["code"] == "confirmation_required"
    assert text.count("refused") == 2
    assert max(map(len, text.splitlines())) <= 80
