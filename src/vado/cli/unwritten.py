"""What a generated script does not contain, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vado.cli.words import Words


def unwritten(
    words: Words, cannot: Sequence[Mapping[str, Any]], left: Sequence[Mapping[str, Any]] = ()
) -> Iterator[str]:
    """Yield a sentence for each object that cannot be generated, or still differs."""
    for code, items in (("diff.cannot", cannot), ("diff.left", left)):
        for item in items:
            yield words(code, **{**item, "kind": words.named("object", item["kind"])})
