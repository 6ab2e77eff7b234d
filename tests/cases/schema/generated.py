"""The one place that asks Vado for a migration, as `vado diff --sql` does."""

from dataclasses import dataclass

from vado.database import Target, connect
from vado.preview import Manner, Side, Wanted, generate, read_side
from vado.sql import parse_script


@dataclass(frozen=True)
class Script:
    """What Vado wrote, and what it said that it cannot write."""

    sql: str
    cannot: tuple[str, ...] = ()

    @property
    def transactional(self) -> bool:
        """Whether all of it can run in one transaction."""
        return all(statement.transactional for statement in parse_script(self.sql).statements)


def side(target: Target) -> Side:
    """Read one database of a pair."""
    with connect(target, read_only=True) as session:
        return read_side(session)


def generated(target: Target, before: Side, after: Side) -> Script:
    """Ask for the migration from *before*, which *target* holds, to *after*."""
    found = generate(Wanted(before, after, target, manner=Manner(runner=target.user)))
    said = [f"cannot: {item.kind} {item.identity}: {item.reason}" for item in found.draft.cannot]
    said += [f"left: {change.action} {change.kind} {change.identity}" for change in found.left]
    if found.limit:
        said.append(f"limit: {found.limit}")
    return Script(found.draft.sql, tuple(said))
