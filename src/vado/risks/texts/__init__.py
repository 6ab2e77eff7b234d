"""The words of the rules, as data that every face shares: `en.json`, `es.json`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["en", "es"]
_ADDED = ("inside", "rows")
_WORDS = ("kind", "blocks")
LANGUAGES: tuple[Language, ...] = ("en", "es")


@cache
def texts(language: Language) -> Mapping[str, Any]:
    """Return all texts of a language: title, messages and remedies by rule, and common words."""
    source = files(__package__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(source)
    return loaded


def message(language: Language, rule: str, params: Mapping[str, str | int]) -> str:
    """Return the sentence about a risk; `params["variant"]` chooses among the rule's."""
    text = _filled(language, texts(language)[rule]["message"][params["variant"]], params)
    for key in _ADDED:
        if key in params:
            text += " " + _filled(language, texts(language)["common"][key], params)
    return text


def remedy(language: Language, rule: str, params: Mapping[str, str | int]) -> str:
    """Return the safe way: SQL to copy, or a sentence."""
    remedies = texts(language)[rule]["remedy"]
    variant = params["variant"]
    return _filled(language, remedies[variant if variant in remedies else "default"], params)


def title(language: Language, rule: str) -> str:
    """Return the short name of a rule."""
    return str(texts(language)[rule]["title"])


def rule_help(language: Language, rule: str) -> tuple[str, str]:
    """Return what a rule is about and its safe way, with placeholders where names would stand."""
    words = texts(language)[rule]
    remedies = words["remedy"]
    about = next(iter(words["message"].values()))
    safe = remedies.get("default") or next(iter(remedies.values()))
    return about.format_map(_Placeholders()), safe.format_map(_Placeholders())


class _Placeholders(dict[str, str]):
    """Stands for the names that a finding would have."""

    def __missing__(self, key: str) -> str:
        return key.upper()


def _filled(language: Language, template: str, params: Mapping[str, str | int]) -> str:
    words = texts(language)["common"]["words"]
    shown = {key: _shown(language, value) for key, value in params.items()}
    # Only these are words; everything else is a name or SQL and stays as it is.
    shown |= {key: words.get(shown[key], shown[key]) for key in _WORDS if key in shown}
    return template.format_map(shown)


def _shown(language: Language, value: str | int) -> str:
    if isinstance(value, str):
        return value
    grouped = f"{value:,}"
    return grouped if language == "en" else grouped.replace(",", ".")
