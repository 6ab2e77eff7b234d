"""Taking a database to a schema, in as many rounds as bring it nearer."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from vado.database import Session
from vado.errors import StatementFailed
from vado.generate import Cannot, Draft, Manner, Side, Written, write_migration
from vado.schema import Change, diff_databases, read_catalogue, read_links
from vado.sql import parse_script

_ROUNDS = 4
_HOLDING = frozenset({"table", "column"})
EMPTIED = "it would be dropped and made again: what it holds would be lost"


@dataclass(frozen=True)
class Reached:
    """How near a database came to its goal: what ran, what did not, what is still different.

    `missing` is what the goal has and the database has not; `lost` is what of that was there when
    it began, and could not be made again, and tables whose rows would not have got back. `here` is
    the database as it is then; the rows of `carried` tables were taken along.
    """

    written: tuple[Written, ...]
    cannot: tuple[Cannot, ...]
    left: tuple[Change, ...]
    missing: frozenset[tuple[str, str]] = frozenset()
    lost: frozenset[tuple[str, str]] = frozenset()
    here: Side | None = None
    carried: frozenset[tuple[str, str]] = frozenset()


@dataclass
class _Run:
    session: Session
    goal: Side
    manner: Manner
    written: list[Written] = field(default_factory=list)
    cannot: list[Cannot] = field(default_factory=list)
    lost: frozenset[tuple[str, str]] = frozenset()
    carried: frozenset[tuple[str, str]] = frozenset()


def read_side(session: Session) -> Side:
    """Read a database as one side of a comparison."""
    catalogue = read_catalogue(session)
    return Side(catalogue, read_links(session, catalogue))


def reach(session: Session, goal: Side, manner: Manner, begin: Side | None = None) -> Reached:
    """Take the database of *session* to *goal*; *begin* is what it is a copy of.

    What a first round cannot know (which grants a new object gets by default, say) the next one
    sets right.
    """
    run = _Run(session, goal, manner)
    here = first = begin or _here(run)
    left = _differences(here, goal)
    for _ in range(_ROUNDS):
        if not left or not _advance(run, here):
            break
        here = _here(run)
        before, left = left, _differences(here, goal)
        if left == before:
            break
    missing = frozenset(goal.objects.keys() - here.objects.keys())
    lost = (missing | run.lost) & first.objects.keys()
    cannot = _still_true(run.cannot, left)
    return Reached(_joined(run.written), cannot, left, missing, lost, here, run.carried)


def emptied(first: Reached, last: Reached) -> Iterator[Cannot]:
    """Yield the tables and columns of one database that are there again, but not what they held."""
    if first.here is None or last.here is None or not last.written:
        return
    for key, old in first.here.objects.items():
        new = last.here.objects.get(key)
        if new is None or key[0] not in _HOLDING or (old.oid, old.subid) == (new.oid, new.subid):
            continue
        table = ("table", new.identity if key[0] == "table" else new.parent or "")
        computed = new.text("generated") or old.text("generated")
        # A foreign table holds nothing itself.
        if table in last.here.objects.keys() - last.carried and not computed:
            yield Cannot(*key, EMPTIED)


def _here(run: _Run) -> Side:
    return read_side(run.session).without(*run.manner.ignored)


def column_order(here: Side, goal: Side) -> tuple[str, ...]:
    """Return the tables whose columns stand in another order, which no statement changes."""
    changes = diff_databases(here.catalogue, goal.catalogue)
    return tuple(
        change.identity
        for change in changes
        if any(detail.property == "column_order" for detail in change.details)
    )


def run_written(session: Session, written: Iterable[Written]) -> None:
    """Run statements in one transaction."""
    with session.transaction():
        for item in written:
            _run(session, item)


def _differences(here: Side, goal: Side) -> tuple[Change, ...]:
    """Return the differences but the order of columns, which no statement changes."""
    found = []
    for change in diff_databases(here.catalogue, goal.catalogue):
        details = tuple(d for d in change.details if d.property != "column_order")
        if details or not change.details:
            found.append(replace(change, details=details))
    return tuple(found)


def _advance(run: _Run, here: Side) -> bool:
    """Run a draft; when it fails, the thorough one; when that fails, what of it runs."""
    draft = write_migration(here, run.goal, run.manner)
    run.cannot.extend(item for item in draft.cannot if item not in run.cannot)
    run.carried |= draft.carried
    thorough = replace(run.manner, thorough=True)
    # Steps for tables in use run one by one: some of them in no transaction.
    attempts = () if run.manner.safe else (draft, write_migration(here, run.goal, thorough))
    for attempt in attempts:
        if attempt.written and _runs(run.session, attempt):
            run.written.extend(attempt.written)
            return True
    done = list(_what_runs(run, draft))
    run.written.extend(done)
    return any(item.kind != "setting" for item in done)


def _runs(session: Session, draft: Draft) -> bool:
    """Run all of it in one transaction, or nothing."""
    try:
        run_written(session, draft.written)
    except StatementFailed:
        return False
    return True


def _what_runs(run: _Run, draft: Draft) -> Iterator[Written]:
    for item in draft.written:
        texts = _statements(item)
        alone = any(not transactional for _, transactional in texts)
        try:
            with nullcontext() if alone else run.session.transaction():
                _run(run.session, item)
        except StatementFailed as error:
            run.cannot.append(Cannot(item.kind, item.identity, error.message))
            if (item.kind, item.identity) in draft.carried:
                run.lost |= draft.carried
        else:
            yield item


def _run(session: Session, item: Written) -> None:
    for text, _ in _statements(item):
        session.run(text)


def _statements(item: Written) -> list[tuple[str, bool]]:
    """Return the statements, and whether each runs in a transaction."""
    script = parse_script(item.text)
    if script.errors:
        return [(item.text, True)]
    return [(statement.text, statement.transactional) for statement in script.statements]


def _still_true(cannot: Iterable[Cannot], left: tuple[Change, ...]) -> tuple[Cannot, ...]:
    """Return what could not be done, unless a later round has done it."""
    return tuple(cannot) if left else ()


def _joined(written: Iterable[Written]) -> tuple[Written, ...]:
    """Keep one setting before all that needs it, and one way back behind it."""
    items = list(written)
    settings = list(dict.fromkeys(item for item in items if item.kind == "setting"))
    if not settings:
        return tuple(items)
    rest = [item for item in items if item.kind != "setting"]
    return (settings[0], *rest, settings[-1])
