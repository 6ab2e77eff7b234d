"""Facts about `vado lint` in a pipe, a hook and a code host."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.integration.ci.conftest import FIRST, SECOND, Clone, start

from vado.risks import RULES

ROOT = Path(__file__).parents[3]
THIRD = "20260103000000_third.sql"
RISKY = "-- migrate:up\ndrop table é_old;\nselect 'ñ'; drop tabel x;\n"


def test_a_risk_and_an_error_are_results_with_regions_and_rules(clone: Clone) -> None:
    clone.write(THIRD, RISKY)

    ended = clone.vado("lint", f"migrations/{THIRD}", "--sarif")

    log = ended.document
    [run] = log["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    risk, error = run["results"]
    assert ended.code == 1
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert (risk["ruleId"], risk["level"]) == ("drop-table", "error")
    place = risk["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"migrations/{THIRD}"
    assert place["region"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 17}
    assert (error["ruleId"], error["level"]) == ("syntax_error", "error")
    assert error["locations"][0]["physicalLocation"]["region"]["startColumn"] == 18
    assert "docs/risks/drop-table.md" in rules["drop-table"]["help"]["text"]
    assert "alter table TABLE rename to UNUSED" in rules["drop-table"]["help"]["markdown"]


ALLOWED = """-- migrate:up
-- vado: allow=drop-table reason="moved to the archive"
drop table old;
-- vado: allow=truncate
truncate stage;
"""


def test_what_the_file_allows_is_shown_with_its_reason_and_does_not_count(clone: Clone) -> None:
    clone.write(THIRD, ALLOWED.replace("allow=truncate", 'allow=truncate reason="demo"'))

    ended = clone.vado("lint", f"migrations/{THIRD}", "--json", "--max-risk", "low")

    [file] = ended.document["files"]
    assert ended.code == 0
    assert (file["errors"], file["risks"]) == ([], [])
    assert [(r["rule"], r["line"], r["suppressed"]) for r in file["suppressed"]] == [
        ("drop-table", 3, "moved to the archive"),
        ("truncate", 5, "demo"),
    ]


def test_allowance_without_a_reason_is_an_error_and_the_risk_stays(clone: Clone) -> None:
    clone.write(THIRD, ALLOWED)

    ended = clone.vado("lint", f"migrations/{THIRD}", "--json")

    [file] = ended.document["files"]
    [error], [risk] = file["errors"], file["risks"]
    assert ended.code == 1
    assert (error["code"], error["line"], error["column"]) == ("invalid_allowance", 4, 1)
    assert (risk["rule"], risk["line"]) == ("truncate", 5)


def test_code_host_shows_an_allowed_risk_as_suppressed(clone: Clone) -> None:
    clone.write(THIRD, ALLOWED)

    run = clone.vado("lint", f"migrations/{THIRD}", "--sarif").document["runs"][0]

    found = {result["ruleId"]: result["suppressions"] for result in run["results"]}
    suppression = {"kind": "inSource", "justification": "moved to the archive"}
    assert found == {"drop-table": [suppression], "truncate": [], "invalid_allowance": []}


def test_rules_about_style_are_asked_on_demand(clone: Clone) -> None:
    clone.write(THIRD, "-- migrate:up\ncreate table t (at timestamp);\n")
    command = ("lint", f"migrations/{THIRD}", "--json")

    assert clone.vado(*command).document["files"][0]["risks"] == []
    [risk] = clone.vado(*command, "--style").document["files"][0]["risks"]
    assert risk["rule"] == "prefer-timestamptz"


def test_every_result_names_a_rule_of_the_run(clone: Clone) -> None:
    cases = sorted(str(p) for p in (ROOT / "tests/cases/risks").glob("*/*/migration.sql"))

    run = clone.vado("lint", *cases, "--sarif").document["runs"][0]

    rules = run["tool"]["driver"]["rules"]
    assert len(rules) > len(RULES) // 2
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert region["startLine"] >= 1
        assert result["level"] in {"error", "warning", "note"}
    marks = [r["partialFingerprints"]["vadoFinding/v1"] for r in run["results"]]
    assert len(set(marks)) == len(marks)
    for rule in rules:
        for text in (rule["shortDescription"], rule["fullDescription"], rule["help"]):
            assert text["text"]
            assert not re.search(r"\{\w+\}", text["text"])


def test_a_finding_is_known_again_when_lines_above_it_are_added(clone: Clone) -> None:
    clone.write(THIRD, "drop table old;")
    [before] = clone.vado("lint", "migrations", "--sarif").document["runs"][0]["results"]
    clone.write(THIRD, "-- a comment\n\ndrop table old;")
    [after] = clone.vado("lint", "migrations", "--sarif").document["runs"][0]["results"]

    assert before["locations"] != after["locations"]
    assert before["partialFingerprints"] == after["partialFingerprints"]


def test_a_file_elsewhere_or_with_a_strange_name_has_a_sound_address(
    clone: Clone, tmp_path: Path
) -> None:
    inside = clone.write("20260103000000_a b#ñ.sql", "drop table old;")
    outside = tmp_path / "x y.sql"
    outside.write_text("drop table old;")

    run = clone.vado("lint", str(inside), str(outside), "--sarif").document["runs"][0]

    uris = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]
    ]
    assert unquote(uris[0]) == "migrations/20260103000000_a b#ñ.sql"
    assert uris[1] == outside.as_uri()
    assert all(" " not in uri and "#" not in uri for uri in uris)


def test_a_branch_that_does_not_fit_is_a_result_too(clone: Clone) -> None:
    clone.write(FIRST, "select 2;")

    ended = clone.vado("check", "--sarif")

    [result] = ended.document["runs"][0]["results"]
    assert ended.code == 7
    assert result["ruleId"] == "migration_edited"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_a_folder_stands_for_its_files_and_base_leaves_out_the_known(clone: Clone) -> None:
    clone.write(THIRD, "drop table old;")
    clone.write(".hidden.sql", "drop table old;")

    every = clone.vado("lint", "migrations", "--json").document["files"]
    new = clone.vado("lint", "migrations", "--base", "main", "--json").document["files"]

    assert [Path(f["file"]).name for f in every] == [FIRST, SECOND, THIRD]
    assert [Path(f["file"]).name for f in new] == [THIRD]


def test_json_and_sarif_are_two_documents(clone: Clone) -> None:
    assert clone.vado("lint", "migrations", "--json", "--sarif").code == 2


@pytest.mark.parametrize("command", [("lint", "migrations"), ("check",), ("status", "--help")])
def test_nothing_in_a_pipe_has_colours(clone: Clone, command: tuple[str, ...]) -> None:
    clone.write(THIRD, RISKY)

    ended = start(*command, cwd=clone.folder)

    assert ended.stdout
    assert "\x1b" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_no_color_turns_colours_off_on_a_terminal(
    clone: Clone, variables: dict[str, str], *, coloured: bool
) -> None:
    clone.write(THIRD, "drop table old;")
    master, slave = pty.openpty()
    try:
        typed = (sys.executable, "-P", "-m", "vado", "lint", f"migrations/{THIRD}")
        subprocess.run(
            typed,
            stdout=slave,
            cwd=clone.folder,
            env={**os.environ, "TERM": "xterm"} | variables,
            check=True,
        )
        shown = os.read(master, 65536)
    finally:
        os.close(master)
        os.close(slave)

    assert b"drop-table" in shown
    assert (b"\x1b[" in shown) == coloured
