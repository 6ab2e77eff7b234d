"""A rule without its page, its texts and its cases fails the build."""

import json
import re
from pathlib import Path

import pytest

from vado.risks import LANGUAGES, RULES, Rule, message, remedy, title
from vado.risks.texts import Language, texts
from vado.sql import parse_script

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "risks"
CASES = ROOT / "tests" / "cases" / "risks"
IDS = [rule.id for rule in RULES]

every_rule = pytest.mark.parametrize("rule", RULES, ids=IDS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def variants_found(rule: Rule) -> set[str]:
    return {
        risk["variant"]
        for path in CASES.glob("*/*/expected.json")
        for risk in json.loads(path.read_text())["risks"]
        if risk["rule"] == rule.id
    }


@every_rule
def test_rule_has_its_page_with_problem_lock_and_safe_way(rule: Rule) -> None:
    page = (PAGES / f"{rule.id}.md").read_text()

    assert page.startswith(f"# {rule.id}\n\n{title('en', rule.id)}: *{rule.level}*, ")
    for section in ("## Problem", "## Lock", "## The safe way"):
        assert section in page


@every_rule
def test_page_has_sound_sql(rule: Rule) -> None:
    blocks = re.findall(r"```sql\n(.*?)```", (PAGES / f"{rule.id}.md").read_text(), re.DOTALL)

    assert [error for block in blocks for error in parse_script(block).errors] == []


@every_rule
def test_rule_stands_in_the_table(rule: Rule) -> None:
    table = (PAGES / "README.md").read_text()

    assert f"| [{rule.id}]({rule.id}.md) | {rule.level} | " in table


@every_rule
def test_rule_has_a_file_of_its_name(rule: Rule) -> None:
    assert rule.check.__module__ == f"vado.risks.rules.{rule.id.replace('-', '_')}"


@every_rule
def test_rule_has_a_case(rule: Rule) -> None:
    assert variants_found(rule)
    assert (CASES / rule.id).is_dir()


def test_no_page_and_no_case_is_left_behind() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == set(IDS)
    assert {path.name for path in CASES.iterdir()} == set(IDS)


def test_no_two_rules_have_one_name() -> None:
    assert len(set(IDS)) == len(IDS)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_languages_say_the_same_things() -> None:
    english, spanish = texts("en"), texts("es")

    assert english.keys() == spanish.keys()
    for rule in IDS:
        for kind in ("message", "remedy"):
            assert english[rule][kind].keys() == spanish[rule][kind].keys()
            for variant, text in english[rule][kind].items():
                assert placeholders(text) == placeholders(spanish[rule][kind][variant])


@every_language
@every_rule
def test_every_message_has_a_remedy(rule: Rule, language: Language) -> None:
    words = texts(language)[rule.id]
    for variant, text in words["message"].items():
        chosen = words["remedy"].get(variant) or words["remedy"]["default"]
        names = placeholders(text) | placeholders(chosen)
        params = {"variant": variant} | dict.fromkeys(names, "x")

        assert message(language, rule.id, params).endswith(".")
        assert remedy(language, rule.id, params)
