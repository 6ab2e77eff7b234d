"""Closing the loop: a generated migration is run on a copy and compared before anybody sees it."""

from dataclasses import dataclass
from typing import Any, Literal

from vado.database import Session, Target
from vado.errors import VadoError
from vado.generate import Draft, Manner, Side, write_migration
from vado.preview.reach import Reached, reach
from vado.preview.scratch import scratch_beside
from vado.schema import Change

Place = Literal["scratch", "text"]


@dataclass(frozen=True)
class Generated:
    """A migration, where it was tried, and what is not done by it.

    `left` is what was still different after it had run. Tried nowhere (`text`), that is unknown,
    and `limit` says why.
    """

    draft: Draft
    place: Place
    left: tuple[Change, ...] = ()
    limit: str | None = None

    @property
    def complete(self) -> bool:
        """Whether it was tried, and made the two equal."""
        return self.place != "text" and not self.draft.cannot and not self.left

    def proof_json(self) -> dict[str, Any]:
        """Return where it was tried and what came out, as plain JSON data."""
        return {
            "place": self.place,
            "equal": None if self.place == "text" else not self.left,
            "left": [change.to_json() for change in self.left],
            "limit": self.limit,
        }


def generate(
    target: Target,
    before: Side,
    after: Side,
    runner: str | None,
    ignored: tuple[str, ...] = (),
) -> Generated:
    """Write the migration from *before*, the schema of *target*, to *after*, and try it.

    It is tried on an empty database beside *target* that is first given the schema of *target*.
    What is *ignored* are properties that the sides do not hold.
    """
    manner = Manner(runner=runner, ignored=ignored)
    draft = write_migration(before, after, manner)
    if not draft.written and not draft.cannot:
        return Generated(draft, "scratch")
    try:
        with scratch_beside(target) as session:
            return _tried(session, before, after, manner)
    except VadoError as error:
        return Generated(draft, "text", limit=error.message)


def generate_untried(before: Side, after: Side, runner: str | None) -> Generated:
    """Write the migration where there is no database beside which it could be tried."""
    draft = write_migration(before, after, Manner(runner=runner))
    return Generated(draft, "text", limit="neither side is a database")


def _tried(session: Session, before: Side, after: Side, manner: Manner) -> Generated:
    copy = reach(session, before, manner)
    found = reach(session, after, manner, begin=before)
    limit = None
    if copy.left:
        names = ", ".join(f"{c.kind} {c.identity}" for c in copy.left[:5])
        limit = f"the copy differs from the original in: {names}"
    return Generated(Draft(found.written, found.cannot), "scratch", _still(found, copy), limit)


def _still(found: Reached, copy: Reached) -> tuple[Change, ...]:
    """Return what is left of the differences, without what the copy lacked from the start."""
    lacking = {(change.kind, change.identity) for change in copy.left}
    return tuple(c for c in found.left if (c.kind, c.identity) not in lacking)
