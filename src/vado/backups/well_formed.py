"""Whether what was read from a file is of the declared kind: anybody may have written it."""

from collections.abc import Mapping
from datetime import datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin


def is_of(kind: Any, value: object) -> bool:  # noqa: ANN401 (a type, as it stands in a declaration)
    """Say whether a value that came from JSON is of a declared *kind*; no number is below zero."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return any(is_of(each, value) for each in inner)
    if origin is Literal:
        return isinstance(value, str) and value in inner
    if origin is Mapping:
        return isinstance(value, dict) and all(is_of(inner[1], item) for item in value.values())
    if origin is tuple:
        return isinstance(value, list) and all(is_of(inner[0], item) for item in value)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return kind is Any or isinstance(value, kind)


def is_moment(text: str) -> bool:
    """Say whether a text is a time with its zone."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
