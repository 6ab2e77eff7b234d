"""Vado's own statements: named, in `queries.sql` beside the module that runs them."""

import re
from collections.abc import Mapping
from importlib import resources
from typing import LiteralString, cast

_NAME = re.compile(r"^-- name: ([a-z_0-9]+)$", re.MULTILINE)


def load_queries(package: str, file: str = "queries.sql") -> Mapping[str, LiteralString]:
    """Read the named statements of *package*."""
    text = (resources.files(package) / file).read_text(encoding="utf-8")
    _header, *parts = _NAME.split(text)
    # The file ships with the code, so its text is as trusted as a literal.
    return {
        name: cast("LiteralString", statement.strip().removesuffix(";"))
        for name, statement in zip(parts[::2], parts[1::2], strict=True)
    }
