"""Facts about a branch beside the one it is to be merged into."""

import os
from pathlib import Path

import pytest
from tests.integration.ci.conftest import FIRST, SECOND, TABLE, Clone

THIRD = "20260103000000_third.sql"


def test_a_branch_that_only_adds_fits(clone: Clone) -> None:
    clone.write(THIRD, "create table third (id int);")

    ended = clone.check()

    assert ended.code == 0
    assert ended.document.keys() == {"format", "folder", "base", "files", "new", "problems"}
    assert ended.document["base"]["name"] == "main"
    assert ended.document["base"]["commit"] == clone.git("rev-parse", "main")
    assert (ended.document["files"], ended.document["new"]) == (3, 1)
    assert ended.document["problems"] == []


def test_what_the_base_branch_has_is_neither_edited_nor_deleted(clone: Clone) -> None:
    clone.write(FIRST, "create table first (id bigint);")
    (clone.folder / "migrations" / SECOND).unlink()

    ended = clone.check("--base", "main")

    found = [(p["kind"], p["file"]) for p in ended.document["problems"]]
    assert found == [("edited", FIRST), ("missing", SECOND)]
    assert ended.code == 7


def test_another_encoding_of_the_same_text_is_no_edit(clone: Clone) -> None:
    clone.write(FIRST, b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode())

    assert clone.found() == []


def test_a_file_that_got_another_name_is_the_same_migration(clone: Clone) -> None:
    (clone.folder / "migrations" / FIRST).rename(clone.folder / "migrations/20260101000000_x.sql")

    assert clone.found() == []


def test_two_files_may_not_share_a_version(clone: Clone) -> None:
    clone.write("020260102000000_again.sql", "create table second (id int);\n")

    assert clone.found() == [("collision", "020260102000000_again.sql")]


def test_what_was_merged_meanwhile_counts(clone: Clone) -> None:
    """Both branches took a version; and over there is a newer one than ours."""
    clone.write(THIRD, "create table third (id int);")
    clone.write("20260103500000_ours.sql", "create table ours (id int);")
    clone.commit()
    clone.git("switch", "--quiet", "main")
    clone.write("20260103000000_theirs.sql", "create table theirs (id int);")
    clone.write("20260104000000_newest.sql", "create table newest (id int);")
    (clone.folder / "migrations" / SECOND).write_text("select 'edited over there';\n")
    clone.commit()
    clone.git("switch", "--quiet", "feature")

    assert clone.found("--base", "main") == [
        ("collision", THIRD),
        ("out_of_order", "20260103500000_ours.sql"),
    ]


def test_the_same_file_on_both_branches_is_no_collision(clone: Clone) -> None:
    clone.write(THIRD, "create table third (id int);")
    clone.commit()
    clone.git("branch", "--quiet", "other")
    clone.git("switch", "--quiet", "main")
    clone.git("checkout", "--quiet", "other", "--", ".")
    clone.commit()
    clone.git("switch", "--quiet", "feature")

    assert clone.found("--base", "main") == []


def test_broken_sql_is_told_with_its_place_up_and_down(clone: Clone) -> None:
    clone.write(THIRD, "-- migrate:up\nselect 1;\nbegin;\n-- migrate:down\ndrop tabel x;\n")
    clone.write("notes.sql", "select 1;")
    clone.write("20260104000000_latin.sql", b"select '\xe9';")

    ended = clone.check()

    assert ended.code == 1
    assert [(p["file"], p["code"], p["line"], p["column"]) for p in ended.document["problems"]] == [
        ("notes.sql", "migration_file_invalid", None, None),
        (THIRD, "refused_statement", 3, 1),
        (THIRD, "syntax_error", 5, 6),
        ("20260104000000_latin.sql", "migration_file_invalid", 1, 9),
    ]


def test_old_files_that_are_broken_are_not_this_branchs_doing(clone: Clone) -> None:
    clone.git("switch", "--quiet", "main")
    clone.write(FIRST, "no sql at all")
    clone.commit()
    clone.git("switch", "--quiet", "--create", "later")

    assert clone.found("--base", "main") == []


def test_the_runner_says_what_the_base_is(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.git("branch", "release", "main")
    monkeypatch.setenv("GITHUB_BASE_REF", "release")

    assert clone.check().document["base"]["name"] == "release"


def test_a_branch_that_is_only_on_origin_is_found(clone: Clone) -> None:
    clone.git("update-ref", "refs/remotes/origin/trunk", "main")

    assert clone.check("--base", "trunk").document["base"]["name"] == "origin/trunk"


@pytest.mark.parametrize("base", ["nowhere", "--upload-pack=x", "main; rm x", ""])
def test_a_missing_branch_is_one_clear_error(clone: Clone, base: str) -> None:
    ended = clone.vado("check", "--json", f"--base={base}")

    error = ended.document["error"]
    assert ended.code in {1, 2}
    assert error["code"] in {"not_found", "usage"}
    assert error["hint"]


def test_a_history_that_is_cut_off_is_one_clear_error(clone: Clone) -> None:
    clone.commit()
    clone.git("checkout", "--quiet", "--orphan", "strange")
    clone.commit()

    ended = clone.check("--base", "main")

    error = ended.document["error"]
    assert (ended.code, error["code"]) == (1, "repository_unreadable")
    assert "fetch-depth: 0" in error["hint"]


def test_no_repository_and_no_git_are_clear_errors(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain" / "migrations").mkdir(parents=True)

    outside = clone.check("-C", str(tmp_path / "plain"))
    monkeypatch.setenv("PATH", f".{os.pathsep}relative")
    (clone.folder / "git").write_text("#!/bin/sh\ntouch was-run\n")
    (clone.folder / "git").chmod(0o755)
    without = clone.check()

    assert outside.document["error"]["code"] == "repository_unreadable"
    assert "not a git repository" in outside.document["error"]["message"]
    assert without.document["error"]["message"] == "git is not installed"
    assert not (clone.folder / "was-run").exists()


def test_a_hooks_variables_do_not_lead_astray(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")

    assert clone.check().code == 0


def test_each_environment_may_have_its_own_folder(clone: Clone) -> None:
    (clone.folder / "vado.toml").write_text(
        '[environments.a]\nurl_env = "A"\n[environments.b]\nurl_env = "B"\nmigrations = "other"\n'
    )
    (clone.folder / "other").mkdir()
    (clone.folder / "other" / "1_x.sql").write_text("select 1;")

    assert clone.check("-e", "a").document["files"] == 2
    assert clone.check("-e", "b").document["files"] == 1


@pytest.mark.parametrize(
    ("language", "words"), [("en", "does not fit main"), ("es", "no encaja en main")]
)
def test_it_is_told_in_words_with_file_and_advice(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("VADO_LANG", language)
    clone.write(FIRST, "select 2;")
    clone.write(THIRD, "drop tabel x;")

    ended = clone.vado("check")

    assert ended.code == 7
    assert words in ended.out
    assert f"migrations/{FIRST}" in ended.out
    assert f"migrations/{THIRD}:1:6" in ended.out
