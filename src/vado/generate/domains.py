"""Domains whose new checks no statement asks of the values that are there."""

from collections.abc import Iterable, Iterator

from vado.generate.model import Key
from vado.generate.sides import Side


def checked_inside(before: Side, after: Side, added: Iterable[Key]) -> Iterator[Key]:
    """Yield the domains that get a check while lists or rows hold values of them."""
    for key in added:
        domain = ("domain", after.objects[key].parent or "")
        if key[0] == "constraint" and domain in before.objects and _is_inside(before, domain):
            yield domain


def _is_inside(side: Side, domain: Key) -> bool:
    return any(
        key[0] in {"composite", "range"} or (side.objects[key].text("type") or "").endswith("[]")
        for key in side.used_by.get(domain, ())
    )
