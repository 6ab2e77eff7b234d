"""Facts about the command line as it is typed."""

import pytest

from vado.cli.arguments import parse
from vado.cli.words import Words
from vado.errors import UsageError

WORDS = Words("en")


def test_options_are_never_abbreviated() -> None:
    with pytest.raises(UsageError, match="unrecognized"):
        parse(["status", "--jso"], WORDS)


def test_a_wrong_command_names_its_help() -> None:
    with pytest.raises(UsageError) as caught:
        parse(["backup", "steal"], WORDS)

    assert caught.value.hint == "`vado backup --help` shows what can be written."


@pytest.mark.parametrize(
    "typed",
    [
        ["status", "--url", "x", "-e", "shop"],
        ["apply", "--plan", "p", "--to", "1"],
        ["apply", "--max-risk", "huge"],
        ["serve", "--port", "70000"],
        ["lint"],
        ["lint", "f.sql", "--pg-version", "9"],
        ["history", "--limit", "0"],
        ["diff", "--from", "x"],
        ["redo"],
        ["mark", "1"],
        ["repair", "1", "--fix-record", "--restore-file"],
    ],
)
def test_what_makes_no_sense_is_a_usage_error(typed: list[str]) -> None:
    with pytest.raises(UsageError):
        parse(typed, WORDS)


def test_risks_are_accepted_one_by_one() -> None:
    found = parse(["apply", "--accept", "drop-table", "--accept", "rename"], WORDS)

    assert found.accept == ["drop-table", "rename"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_help_page_fits_a_terminal(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = Words("es" if language == "es" else "en")
    commands = ["status", "preview", "apply", "undo", "baseline", "mark", "repair"]
    commands += ["lint", "diff", "serve", "history", "tools", "env"]

    pages = [parse([], words).overview]
    for command in (*commands, "new", "app", "demo", "backup"):
        with pytest.raises(SystemExit):
            parse([command, "--help"], words)
        pages.append(capsys.readouterr().out)

    assert all(len(line) <= 80 for page in pages for line in page.splitlines())
