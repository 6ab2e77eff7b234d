"""The few words that a backup is known by: one line that fits on every screen."""

import unicodedata

from vado.errors import UsageError

LONGEST_LABEL = 200
# Control characters, halves of pairs, line ends; and what turns the direction of what follows.
_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_label(label: str | None) -> None:
    """Refuse a label that is too long for the screens, or more than a line of text."""
    if label is None:
        return
    if len(label) > LONGEST_LABEL:
        raise UsageError(
            f"a label has at most {LONGEST_LABEL} characters",
            hint="Give a shorter one.",
            details={"reason": "label_too_long", "longest": LONGEST_LABEL},
        )
    if not all(map(_is_plain, label)):
        raise UsageError(
            "a label is one line of text, without control characters",
            hint="Leave them out.",
            details={"reason": "label_not_plain"},
        )


def tidy_label(label: str | None) -> str | None:
    """Return a label that came with a file as one that is allowed."""
    plain = "".join(char if _is_plain(char) else " " for char in label or "")
    return " ".join(plain.split())[:LONGEST_LABEL] or None


def _is_plain(char: str) -> bool:
    return unicodedata.category(char) not in _CATEGORIES and char not in _TURNING
