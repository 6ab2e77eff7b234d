"""The words of the command line, and figures as the user's language writes them."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["en", "es"]

_FOLDER = Path(__file__).parent / "texts"
_KILO = 1024
_WHOLE_FROM = 100
_MINUTE_MS = 60_000
_SECOND_MS = 1000


def language_of(variables: Mapping[str, str]) -> Language:
    """Return the language to speak: VADO_LANG, else the locale, else English."""
    names = ("VADO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((variables[name] for name in names if variables.get(name)), "")
    return "es" if wanted.lower().startswith("es") else "en"


@cache
def load_texts(name: str) -> Mapping[str, Any]:
    """Return the texts of one file of this room."""
    loaded: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


class Words:
    """Every sentence that the command line says, by key."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = load_texts(language)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of *key* with *values* in it; `count` chooses between one and many."""
        text = self._texts[key]
        if isinstance(text, dict):
            text = text["one" if values["count"] == 1 else "other"]
        return str(text).format_map({name: self._said(v) for name, v in values.items()})

    def has(self, key: str) -> bool:
        """Say whether there is a text of that key."""
        return key in self._texts

    def named(self, group: str, code: str) -> str:
        """Return the word for a code (of a state, a kind), or the code itself."""
        key = f"{group}.{code}"
        return str(self._texts[key]) if key in self._texts else code.replace("_", " ")

    def _said(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else str(value)

    def number(self, value: int) -> str:
        """Return a whole number with its thousands set apart."""
        text = f"{value:,}"
        return text if self.language == "en" else text.replace(",", ".")

    def decimal(self, value: float) -> str:
        """Return a number with one decimal."""
        text = f"{value:.1f}"
        return text if self.language == "en" else text.replace(".", ",")

    def size(self, size_bytes: int) -> str:
        """Return a size as PostgreSQL reckons it (1 kB is 1024 bytes), and as the page shows it."""
        value, units = float(size_bytes), ["B", "kB", "MB", "GB", "TB", "PB"]
        while value >= _KILO and len(units) > 1:
            value /= _KILO
            del units[0]
        whole = units[0] == "B" or value >= _WHOLE_FROM or f"{value:.1f}".endswith(".0")
        return f"{self.number(round(value)) if whole else self.decimal(value)} {units[0]}"

    def duration(self, duration_ms: float) -> str:
        """Return a time span."""
        if duration_ms < _SECOND_MS:
            # Below ten a decimal still tells something.
            return f"{self.decimal(duration_ms) if duration_ms < 10 else round(duration_ms)} ms"  # noqa: PLR2004
        if duration_ms < _MINUTE_MS:
            return f"{self.decimal(duration_ms / _SECOND_MS)} s"
        minutes, rest = divmod(round(duration_ms / _SECOND_MS), 60)
        return f"{minutes} min {rest} s"

    def moment(self, text: str) -> str:
        """Return a time in the zone of this machine."""
        return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")
