"""What can be typed, called, set or answered has its place in the documents."""

import argparse
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from vado.api.app import described_app
from vado.api.backup_models import Backup
from vado.api.operation_models import Operation
from vado.api.plan_models import Plan
from vado.api.status_models import Status
from vado.backups.manifest import Manifest
from vado.cli.arguments import declared, parse
from vado.cli.words import Words
from vado.errors import VadoError
from vado.migrations.files import checksum

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "vado"
DOCS = ROOT / "docs"
SQL_TABLE = re.compile(r"CREATE TABLE (\w+\.\w+) \((.*?)\n\);", re.DOTALL)
EVERYWHERE = {"--version"}


def page(name: str) -> str:
    return (DOCS / name).read_text()


def sections(text: str, level: int) -> dict[str, str]:
    """Return what stands below each heading of a level, by the heading's words."""
    parts = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def every_error() -> list[type[VadoError]]:
    found, waiting = [], [VadoError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting.extend(kind.__subclasses__())
    return [kind for kind in found if kind.__module__ == "vado.errors"]


@pytest.mark.parametrize("error", every_error(), ids=lambda e: e.code)
def test_error_has_its_entry_with_status_and_exit_code(error: type[VadoError]) -> None:
    entry = sections(page("errors.md"), 3)[error.code]

    assert f"Status {error.status}, exit {error.exit_code}. " in entry


def codes_written_in_the_sources() -> set[str]:
    """Return the codes that belong to no class: of the guard, the page, the parser, the jobs."""
    files = [*SOURCES.glob("api/**/*.py"), *SOURCES.glob("operations/*.py")]
    files += [*SOURCES.glob("cli/*.py"), *SOURCES.glob("sql/*.py"), *SOURCES.glob("risks/*.py")]
    text = "\n".join(path.read_text() for path in files)
    return {
        *re.findall(r'\b[45]\d\d,\s+"([a-z_]+)"', text),
        *re.findall(r'"code": "([a-z_]+)"', text),
        *re.findall(r'self\._add\("([a-z_]+)"', text),
        *re.findall(r'\d{3}: "([a-z]+_[a-z_]+)"', text),
        *re.findall(r'^(?:INVALID|REFUSED) = "([a-z_]+)"', text, re.MULTILINE),
    }


def test_code_without_a_class_has_its_entry() -> None:
    codes = codes_written_in_the_sources()

    assert {"unauthorized", "syntax_error", "internal_error", "method_not_allowed"} <= codes
    assert codes <= sections(page("errors.md"), 3).keys()


def test_no_entry_of_an_error_is_left_behind() -> None:
    known = {error.code for error in every_error()} | codes_written_in_the_sources()

    assert set(sections(page("errors.md"), 3)) <= known | {"http_error"}


def commands(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, list[str]]]:
    """Return each command with its options, their short forms too."""
    nested = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for action in nested:
        for verb, child in action.choices.items():
            yield from commands(child, f"{name} {verb}")
    if not nested:
        yield name, [option for action in parser._actions for option in action.option_strings]


EVERY_COMMAND = dict(commands(declared(Words("en")).root, "vado"))


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_command_has_its_section_with_every_option(command: str) -> None:
    section = sections(page("cli.md"), 2)[command]
    written = set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", section))

    assert set(EVERY_COMMAND[command]) <= written


def test_no_section_of_a_command_is_left_behind() -> None:
    titles = {title for title in sections(page("cli.md"), 2) if title.startswith("vado ")}

    assert titles == set(EVERY_COMMAND)


def test_option_of_many_commands_is_explained_once() -> None:
    common = sections(page("cli.md"), 2)["Options that many commands have"]

    for option in ("--url", "--environment", "--class", "--project", "--json", *EVERYWHERE):
        assert f"{option}" in common


def every_route() -> set[str]:
    paths = described_app().openapi()["paths"]
    return {f"{verb.upper()} {path}" for path, verbs in paths.items() for verb in verbs}


def test_every_route_stands_in_the_table_and_no_other() -> None:
    written = set(re.findall(r"^\| `([A-Z]+ /api[^`]*)`", page("api.md"), re.MULTILINE))

    assert written == every_route()


def test_every_variable_is_explained() -> None:
    text = "\n".join(path.read_text() for path in SOURCES.rglob("*.py"))
    settings = *sorted((SOURCES / "settings").glob("*.py")), SOURCES / "database" / "url.py"
    libpq = "\n".join(path.read_text() for path in settings)
    read = {
        *re.findall(r"\bVADO_[A-Z]\w*", text),
        *re.findall(r'variables(?:\.get\(|\[)"(\w+)"', libpq),
        *re.findall(r'"(PG\w+)": "', libpq),
    } - {"USER"}

    table = sections(page("formats.md"), 3)["Variables"]
    assert {name for name in read if f"`{name}`" not in table} == set()


def test_every_key_of_the_configuration_is_explained() -> None:
    text = "\n".join(path.read_text() for path in (SOURCES / "settings").glob("*.py"))
    keys = re.findall(r"_(?:KEYS|COUNTS|TEXTS|SWITCHES) = (?:frozenset\(\{|\()(.*?)\)", text)
    known = {key for found in keys for key in re.findall(r'"(\w+)"', found)}

    table = sections(page("formats.md"), 3)["vado.toml"]
    assert {"url_env", "class", "migrations", "environments"} <= known
    assert {key for key in known if not re.search(rf"\b{key}\b", table)} == set()


def columns(definition: str) -> list[str]:
    lines = (line.strip() for line in definition.split("\n"))
    return [line.split()[0] for line in lines if re.match(r"[a-z0-9_]+ [a-z]+", line)]


@pytest.mark.parametrize("schema", ["vado", "vado_control"])
def test_every_column_in_the_target_is_explained(schema: str) -> None:
    folder = SOURCES / "database" / "control" / schema
    scripts = "\n".join(path.read_text() for path in sorted(folder.glob("*.sql")))

    section = sections(page("formats.md"), 3)["In the database"]
    for table, definition in SQL_TABLE.findall(scripts):
        if not table.endswith(".script"):
            assert f"`{table}`" in section
            assert [c for c in columns(definition) if f"`{c}`" not in section] == []


@pytest.mark.parametrize(
    ("heading", "model"),
    [("Plan", Plan), ("JSON for scripts", Status), ("JSON for scripts", Backup),
     ("JSON for scripts", Operation)],
)  # fmt: skip
def test_every_field_of_a_document_is_explained(heading: str, model: type[Plan]) -> None:
    section = sections(page("formats.md"), 2)[heading]
    names = [field.alias or name for name, field in model.model_fields.items()]

    assert [name for name in names if f"`{name}`" not in section] == []


def test_every_field_of_a_manifest_is_explained() -> None:
    section = sections(page("formats.md"), 3)["Backups"]

    assert [f.name for f in fields(Manifest) if f"`{f.name}`" not in section] == []


def test_every_exit_code_is_explained() -> None:
    table = sections(page("formats.md"), 2)["Exit codes"]

    assert {e.exit_code for e in every_error() if f"| {e.exit_code} |" not in table} == set()


def test_checksums_in_the_document_are_right() -> None:
    written = re.findall(r"\| `([0-9a-f]{64})` \|", page("formats.md"))

    assert written == [checksum(""), checksum("\ufeffselect 1;\r\n")]
    assert checksum("select 1;\n") == written[1]


def commands() -> Iterator[str]:
    """Yield each command of the documents that a shell or cron is to run."""
    for path in sorted(DOCS.glob("*.md")):
        for block in re.findall(r"^```sh\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL):
            text = block.replace("\\\n", " ")
            for found in re.findall(r"^[\d* ]*\s*(vado [a-z][^#|&;>\n]*)", text, re.MULTILINE):
                yield found.strip()


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_a_command_of_the_documents_is_one(command: str) -> None:
    parse(shlex.split(command)[1:], Words("en"))
