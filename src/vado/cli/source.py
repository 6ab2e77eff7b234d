"""The line of SQL that an error is about, with a caret below."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vado.cli.screen import Screen, bad, clean, dim
from vado.errors import VadoError
from vado.migrations import find_migration

if TYPE_CHECKING:
    # `vado lint` shows places as well, and needs no database.
    from vado.environments import Environment


def show_place(
    screen: Screen, environment: "Environment", details: Mapping[str, Any], *, indent: int
) -> None:
    """Show the line at `details` (version, line, column) of the migration's file."""
    text = _line(environment, details)
    if text is not None:
        show_excerpt(screen, text, (details["line"], details["column"]), indent=indent)


def show_excerpt(screen: Screen, text: str, place: tuple[int, int], *, indent: int) -> None:
    """Show one line of a text and point at a place in it: line and column, from 1."""
    line, column = place
    label = f"{line} | "
    # A tab would put the caret elsewhere; a long line is shown around the place.
    plain = text.replace("\t", " ")
    room = screen.width - len(label) - indent
    start = max(0, min(column - 1 - room // 2, len(plain) - room))
    before = clean(plain[start : column - 1])
    screen.line(dim(label), before + clean(plain[column - 1 : start + room]), indent=indent)
    screen.line(" " * (len(label) + len(before)), bad("^"), indent=indent)


def _line(environment: "Environment", details: Mapping[str, Any]) -> str | None:
    try:
        text = find_migration(environment.migrations_folder, str(details["version"])).text
    except (VadoError, KeyError):
        return None
    lines = text.removeprefix("\ufeff").splitlines()
    number = int(details["line"])
    return lines[number - 1] if 0 < number <= len(lines) else None
