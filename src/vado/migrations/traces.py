"""What takes back a statement outside a transaction, as its journal and the catalogue tell."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vado.database import Session, load_queries
from vado.migrations.evidence import (
    Found,
    JournalStep,
    attached,
    checks_of,
    leftovers,
    made_indexes,
    name_of,
    state_of,
)
from vado.migrations.spelling import spelled

_QUERIES = load_queries("vado.migrations")
_CREATES_INDEX = re.compile(r"\ACREATE (?P<unique>UNIQUE )?INDEX ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remains:
    """What the catalogue showed of a half-done migration when its row was read.

    `inverses` are by the number of the statement in the journal; `invalid` are the indexes, quoted,
    that the last one left behind; `catch_up`, by number as well, brings a copy made by a dump to
    where a step that is finished first will be, since no dump carries a partition that is only half
    detached; `running_pid` is the server process that is still at work on it.
    """

    inverses: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    invalid: tuple[str, ...] = ()
    catch_up: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    running_pid: int | None = None


def read_remains(session: Session, steps: Iterable[JournalStep], last: int) -> Remains:
    """Look up what *steps* left; *last* is the number of the one that is not known to be done."""
    inverses: dict[int, tuple[str, ...]] = {}
    catch_up: dict[int, tuple[str, ...]] = {}
    invalid: list[str] = []
    running = None
    for step in steps:
        inverse = inverse_by_catalogue(session, step)
        if inverse is not None:
            inverses[step.number] = inverse
        catch_up[step.number] = tuple(_half_detached(session, step.found or {}))
        if step.number == last and step.state != "done":
            invalid = [spelled(*name_of(i)) for i in leftovers(session, step)]
            running = session.value(_QUERIES["at_work"], version=step.version, number=last)
    return Remains(inverses, tuple(invalid), catch_up, running)


def inverse_by_catalogue(session: Session, step: JournalStep) -> tuple[str, ...] | None:
    """Return what takes the step back, () where nothing is left of it, None: not to be told."""
    found = step.found or {}
    kind = found.get("kind")
    if kind == "create":
        names = (spelled(*name_of(i)) for i in made_indexes(session, found))
        return tuple(f"drop index concurrently if exists {name}" for name in names)
    if kind == "drop":
        return _built_again(session, found)
    if kind == "detach":
        return _attached_again(session, found)
    return None


def _built_again(session: Session, found: Found) -> tuple[str, ...] | None:
    built: list[str] = []
    for index in reversed(found["indexes"]):
        state = state_of(session, index)
        if state == "valid":
            continue
        if not index.get("definition"):
            return None  # written down by an older Vado
        if state == "invalid":
            name = spelled(*name_of(index))
            built.append(f"drop index concurrently if exists {name}")
        built.append(_CREATES_INDEX.sub(_concurrently, index["definition"]))
    return tuple(built)


def _concurrently(match: re.Match[str]) -> str:
    return f"create {'unique ' if match['unique'] else ''}index concurrently "


def _attached_again(session: Session, found: Found) -> tuple[str, ...] | None:
    """Attach with the bounds of before; the check that a detach leaves behind goes."""
    state = attached(session, found)
    if state == "attached":
        return ()
    if not found.get("bound"):
        return None
    parent, part = (spelled(*name_of(found[side])) for side in ("parent", "partition"))
    finished = [f"alter table {parent} detach partition {part} finalize"]
    added = [name for name in checks_of(session, found["partition"]) if name not in found["checks"]]
    return (
        *(finished if state == "detaching" else ()),
        f"alter table {parent} attach partition {part} {found['bound']}",
        *(f"alter table {part} drop constraint {spelled(name)}" for name in added),
    )


def _half_detached(session: Session, found: Found) -> Iterator[str]:
    if found.get("kind") == "detach" and attached(session, found) == "detaching":
        parent, part = (spelled(*name_of(found[side])) for side in ("parent", "partition"))
        yield f"alter table {parent} detach partition {part}"
