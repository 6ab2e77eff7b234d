"""Closing the loop: a generated migration is run on a copy and compared before anybody sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from vado.backups import scratch_beside
from vado.database import Session, Target, connect
from vado.environments import Environment
from vado.errors import VadoError
from vado.generate import Cannot, Draft, Manner, Side, Written, write_migration
from vado.operations import Job, Unheard
from vado.preview.copies import Original, embedded_empty
from vado.preview.reach import Reached, column_order, emptied, reach, read_side, run_written
from vado.schema import Change

_ATTEMPTS = 3

Place = Literal["scratch", "embedded", "text"]


@dataclass(frozen=True)
class Wanted:
    """What is to be generated: from one side to the other, with these renames first.

    `target` is the database that the first side was read from, None where there is none; `place`
    then says where Vado keeps its own server.
    """

    before: Side
    after: Side
    target: Target | None
    place: Environment | None = None
    manner: Manner = field(default_factory=Manner)
    renames: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Generated:
    """A migration, where it was tried, and what is not done by it.

    `left` is what was still different after it had run. Tried nowhere (`text`), that is unknown,
    and `limit` says why. The order of columns in `reordered` tables stays as it is.
    """

    draft: Draft
    place: Place
    left: tuple[Change, ...] = ()
    limit: str | None = None
    reordered: tuple[str, ...] = ()

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
            "column_order": list(self.reordered),
        }


def generate(wanted: Wanted) -> Generated:
    """Write the migration, and try it on an empty database that is first given the schema.

    That database stands beside the one that the schema was read from, or else on Vado's server.
    """
    order = column_order(wanted.before, wanted.after)
    draft = write_migration(wanted.before, wanted.after, wanted.manner)
    if not draft.written and not draft.cannot and not wanted.renames:
        return Generated(draft, "scratch", reordered=order)
    try:
        return _tried_again(wanted, order)
    except VadoError as error:
        if wanted.renames:
            raise
        return Generated(draft, "text", limit=error.message, reordered=order)


def _tried_again(wanted: Wanted, order: tuple[str, ...]) -> Generated:
    """Try it, and anew while something goes that cannot be made again: that is left alone then."""
    cannot: tuple[Cannot, ...] = ()
    manner = wanted.manner
    found = Generated(Draft(()), "text", reordered=order)
    for _ in range(_ATTEMPTS):
        with _empty(wanted) as (place, session):
            found, lost = _tried(session, place, replace(wanted, manner=manner), order)
        cannot = tuple(dict.fromkeys((*cannot, *found.draft.cannot)))
        if not lost:
            return replace(found, draft=Draft(found.draft.written, cannot))
        manner = replace(manner, frozen=manner.frozen | lost)
    return replace(found, draft=Draft((), cannot))


@contextmanager
def _empty(wanted: Wanted) -> Iterator[tuple[Place, Session]]:
    if wanted.target is not None:
        with scratch_beside(wanted.target) as scratch, connect(scratch) as session:
            yield "scratch", session
    elif wanted.place is not None:
        original = Original(wanted.place, "", 0, (), ())
        with embedded_empty(original, Job("proof", Unheard())) as copy:
            yield "embedded", copy.session


def _tried(
    session: Session, place: Place, wanted: Wanted, order: tuple[str, ...]
) -> tuple[Generated, frozenset[tuple[str, str]]]:
    """Try it on an empty database; also return what went and could not be made again."""
    copy = reach(session, wanted.before, wanted.manner)
    begin = wanted.before
    if wanted.renames:
        run_written(session, wanted.renames)
        begin = read_side(session).without(*wanted.manner.ignored)
    found = reach(session, wanted.after, wanted.manner, begin=begin)
    lost = () if wanted.renames else emptied(copy, found)
    draft = Draft((*wanted.renames, *found.written), (*found.cannot, *lost))
    return Generated(
        draft, place, _still(found, copy), _limit(copy), order
    ), found.lost - copy.missing


def _limit(copy: Reached) -> str | None:
    if not copy.left:
        return None
    names = ", ".join(f"{change.kind} {change.identity}" for change in copy.left[:5])
    return f"the copy differs from the original in: {names}"


def _still(found: Reached, copy: Reached) -> tuple[Change, ...]:
    """Return what is left of the differences, without what the copy lacked from the start."""
    lacking = {(change.kind, change.identity) for change in copy.left}
    return tuple(c for c in found.left if (c.kind, c.identity) not in lacking)
