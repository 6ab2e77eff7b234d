"""Facts about the words of the command line."""

import re
import string
from pathlib import Path

import pytest

from vado.cli.failures import told
from vado.cli.words import Words, language_of, load_texts
from vado.errors import VadoError

ROOM = Path(__file__).parents[3] / "src" / "vado" / "cli"


def _forms(text: object) -> list[str]:
    return list(text.values()) if isinstance(text, dict) else [str(text)]


def _fields(text: object) -> set[str]:
    return {f for form in _forms(text) for _, f, _, _ in string.Formatter().parse(form) if f}


def _codes() -> set[str]:
    waiting, found = [VadoError], set()
    while waiting:
        kind = waiting.pop()
        found.add(kind.code)
        waiting.extend(kind.__subclasses__())
    return found | {"internal_error"}


def test_both_languages_have_the_same_texts() -> None:
    assert load_texts("en").keys() == load_texts("es").keys()


def test_both_languages_name_the_same_things() -> None:
    spanish = load_texts("es")

    for key, text in load_texts("en").items():
        assert _fields(text) == _fields(spanish[key]), key
        assert isinstance(text, dict) == isinstance(spanish[key], dict), key


def test_every_text_that_the_code_names_exists() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    named = set(re.findall(r'words\(\s*"([a-z_.]+)"', source))

    assert len(named) > 80
    assert named <= load_texts("en").keys()


def test_translated_errors_are_errors_of_vado() -> None:
    # After a full stop stands the reason, where one code is told in several ways.
    assert {name.partition(".")[0] for name in load_texts("errors.es")} <= _codes()


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "es_AR.UTF-8"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "es_MX"}, "es"),
        ({"VADO_LANG": "es", "LC_ALL": "en_US.UTF-8"}, "es"),
        ({"VADO_LANG": "en", "LANG": "es_ES.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_follows_the_locale_and_vado_lang_goes_first(
    variables: dict[str, str], language: str
) -> None:
    assert language_of(variables) == language


def test_figures_are_written_as_the_language_writes_them() -> None:
    english, spanish = Words("en"), Words("es")

    assert english("count.rows", count=12345) == "12,345 rows"
    assert spanish("count.rows", count=12345) == "12.345 filas"
    assert english("count.rows", count=1) == "1 row"
    assert (english.size(3_900_000), spanish.size(3_900_000)) == ("3.7 MB", "3,7 MB")
    assert [english.size(n) for n in (0, 1023, 2048, 482 * 2**20)] == [
        "0 B",
        "1,023 B",
        "2 kB",
        "482 MB",
    ]
    assert (english.duration(4.2), english.duration(250.4)) == ("4.2 ms", "250 ms")
    assert (english.duration(2500), english.duration(125_000)) == ("2.5 s", "2 min 5 s")


def test_an_error_is_told_in_spanish_by_its_code_and_details() -> None:
    problem = {
        "code": "plan_outdated",
        "message": "plan_1 is outdated: the ledger changed since",
        "hint": "Look at a new preview.",
        "details": {"changed": ["files", "schema"]},
    }

    message, hint = told(Words("es"), problem)

    assert message.endswith("los archivos de migración, el esquema")
    assert hint is not None
    assert "vado preview" in hint


def test_an_error_without_a_translation_is_told_in_english() -> None:
    problem = {"code": "unheard_of", "message": "the bridge is up", "hint": None, "details": {}}

    assert told(Words("es"), problem) == ("the bridge is up", None)


def test_a_translation_that_lacks_a_detail_gives_way_to_the_message() -> None:
    problem = {"code": "confirmation_required", "message": "type it", "hint": "x", "details": {}}

    assert told(Words("es"), problem) == ("type it", "x")
