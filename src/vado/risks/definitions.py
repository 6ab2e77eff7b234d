"""Pieces of the user's own text for the safe way to write it."""

from vado.risks.places import words


def constraint_body(source: str) -> str:
    """Return what follows `add [constraint NAME]`: `check (price > 0)`."""
    found = list(words(source))
    at = 1
    if len(found) > at and found[at].text == "constraint":
        at += 2
    return source[found[at].start :] if at < len(found) else source


def group_after(source: str, word: str) -> str:
    """Return the first parenthesis after *word*, with what is in it; "" when there is none."""
    found = list(words(source))
    start = next((i + 1 for i, w in enumerate(found) if w.text == word), len(found))
    depth = 0
    for i in range(start, len(found)):
        depth += (found[i].text == "(") - (found[i].text == ")")
        if depth == 0:
            return source[found[start].start : found[i].end]
    return ""


def with_word_after(source: str, before: str, word: str) -> str:
    """Return the text with *word* put in after the first *before*: `create index concurrently`."""
    end = next((w.end for w in words(source) if w.text == before), None)
    return source if end is None else f"{source[:end]} {word}{source[end:]}"
