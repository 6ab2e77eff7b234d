"""Facts about folders that cannot be read: one clear error, and nothing lost."""

import json

import pytest
from tests.bad_input import BAD, BAD_INPUTS, BadInput, seen
from tests.integration.cli.conftest import Project

COMMANDS = (["status"], ["preview"], ["apply", "--yes"])
FILES = ("not UTF-8", "50 MB", "link outside", "link to nothing")


@pytest.mark.parametrize("bad", BAD_INPUTS.values(), ids=BAD_INPUTS)
def test_bad_input_is_one_clear_error_and_loses_nothing(shop: Project, bad: BadInput) -> None:
    folder = shop.folder / "migrations"
    bad.spoil(folder)
    before = seen(folder)

    for typed in COMMANDS:
        ended = shop.vado(*typed, "--json")

        assert ended.code == 1, typed
        text = json.dumps(ended.document, ensure_ascii=False)
        assert bad.code in text, typed
        assert bad.says in text, typed
        assert "Traceback" not in ended.err
        if bad.place is not None:
            assert f"{bad.place[0]}:{bad.place[1]}" in text
    told = shop.vado("status").err
    assert bad.says in told
    assert len(told.strip().splitlines()) <= 6
    assert seen(folder) == before
    assert shop.ask("select count(*) from vado.migration") == 1


@pytest.mark.parametrize("bad", [BAD_INPUTS[name] for name in FILES], ids=FILES)
def test_bad_files_are_told_by_lint_and_the_others_are_judged(shop: Project, bad: BadInput) -> None:
    bad.spoil(shop.folder / "migrations")
    shop.write("20260103000000_good", "drop table customers;")

    ended = shop.vado("lint", "migrations", "--json")

    assert ended.code == 1
    told = {entry["file"]: entry for entry in ended.document["files"]}
    [error] = told[f"migrations/{BAD}"]["errors"]
    assert error["code"] == bad.code
    assert bad.says in error["message"]
    assert (error["line"], error["column"]) == (bad.place or (1, 1))
    assert told["migrations/20260103000000_good.sql"]["risks"]


def test_windows_line_ends_change_nothing(shop: Project) -> None:
    first = shop.folder / "migrations" / "20260101000000_customers.sql"
    first.write_bytes(first.read_bytes().replace(b"\n", b"\r\n"))
    (shop.folder / "migrations" / BAD).write_bytes(
        b"\xef\xbb\xbf-- migrate:up\r\ncreate table bad (\r\n  id int\r\n);\r\nselect missing;\r\n"
    )

    assert shop.vado("status", "--json").document["edited"] == []
    ended = shop.vado("apply", "--yes", "--json")

    assert ended.code == 1
    assert '"line": 5, "column": 8' in json.dumps(ended.document)
