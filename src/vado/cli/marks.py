"""Levels and classes as symbol, word and colour: told by more than the colour alone."""

from vado.cli.call import Call
from vado.cli.screen import Piece, Styled, bad, good, warn

_SYMBOLS = {"low": "·", "medium": "•", "high": "▲", "critical": "■"}
_STYLES = {"low": "dim", "medium": "warn", "high": "bad", "critical": "worst"}


def level_piece(call: Call, level: str) -> Piece:
    """Return symbol and word of a level."""
    return Styled(f"{_SYMBOLS[level]} {call.words.named('level', level)}", _STYLES[level])


def class_piece(call: Call, name: str) -> Piece:
    """Return the word of an environment's class."""
    word = call.words.named("class", name)
    return {"production": bad, "staging": warn}.get(name, good)(word)
