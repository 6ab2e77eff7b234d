"""Links lead somewhere, SQL is SQL, and pages of one kind have one shape."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vado.sql import parse_script

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page, as the usual viewers make them of its headings."""
    text = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in plain}


def broken_links(path: Path) -> Iterator[str]:
    for link in LINK.findall(CODE.sub("", path.read_text())):
        place, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = (path.parent / place).resolve() if place else path
        found = target.exists() and target.is_relative_to(ROOT)
        if not found or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    assert list(broken_links(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_sql_is_sql(path: Path) -> None:
    blocks = re.findall(r"```sql\n(.*?)```", path.read_text(), re.DOTALL)

    assert [error for block in blocks for error in parse_script(block).errors] == []


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_decision_has_its_four_parts(path: Path) -> None:
    text = path.read_text()

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
        "Alternatives",
    ]
    assert text.startswith(f"# {int(path.name[:4])}. ")


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()

    assert [int(path.name[:4]) for path in DECISIONS] == [*range(1, len(DECISIONS) + 1)]
    assert [path.name for path in DECISIONS if f"({path.name})" not in index] == []


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text()
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}

    assert [page for page in sorted(pages) if f"({page})" not in index] == []


def test_spanish_readme_has_the_parts_of_the_english_one() -> None:
    english, spanish = (
        re.sub(r"```.*?```", "", (ROOT / name).read_text(), flags=re.DOTALL)
        for name in ("README.md", "README.es.md")
    )

    for part in (r"^#+ ", r"^- ", LINK.pattern):
        counts = [len(re.findall(part, text, re.MULTILINE)) for text in (english, spanish)]
        assert counts[0] <= counts[1] <= counts[0] + 1
    assert len(re.findall(r"^#", english, re.MULTILINE)) == len(
        re.findall(r"^#", spanish, re.MULTILINE)
    )


def test_glossary_has_every_word_in_both_languages() -> None:
    rows = re.findall(r"^\|(.+)\|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)

    assert len(rows) > 20
    assert [row for row in rows if len(row.split("|")) != 4] == []
