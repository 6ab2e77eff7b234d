"""Places with the rows of the target: a copy of the database itself, or its latest backup restored.

Both stand beside the target, on its server, and are dropped when the rehearsal ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from vado.backups import Backup, list_backups, restored_beside, scratch_database
from vado.database import Identifier, Session, Target, connect, let_sessions_go, load_queries
from vado.errors import ConnectionFailed, RehearsalImpossible
from vado.operations import Job
from vado.preview import limits
from vado.preview.copies import Copy, Original, limit_statements

_QUERIES = load_queries("vado.preview")
_FIRST_WITH_STRATEGY = 150_000
_USABLE = frozenset({"ready", "verified", "proven"})
_OTHERS_SHOWN = 3


@contextmanager
def database_copy(original: Original, job: Job) -> Iterator[Copy]:
    """Copy the whole database, which PostgreSQL only does while nobody is connected to it."""
    job.check()
    target = original.environment.target
    others = _others(original)
    if others:
        raise RehearsalImpossible(
            f"{target.dbname} is in use, so it cannot be copied: {others}",
            hint="Rehearse on the latest backup, or on the structure.",
        )
    files = original.server_version >= _FIRST_WITH_STRATEGY
    query = "copy_database_files" if files else "copy_database"

    def make(session: Session, name: str) -> None:
        made = {"database": Identifier(name), "template": Identifier(target.dbname)}
        session.execute(_QUERIES[query], identifiers=made)

    # From another database: a session in this one would be in the way.
    with (
        scratch_database(_elsewhere(original), make) as scratch,
        connect(scratch) as copy,
    ):
        limit_statements(copy)
        yield Copy("copy", copy, None, (), has_rows=True)


def _others(original: Original) -> str:
    with original.environment.session(read_only=True) as session:
        # We ourselves are in the way as well, wherever in Vado a session is kept.
        let_sessions_go()
        found = [row["who"] for row in session.rows(_QUERIES["others_here"])]
    let_sessions_go()
    more = f" and {len(found) - _OTHERS_SHOWN} more" if len(found) > _OTHERS_SHOWN else ""
    return ", ".join(found[:_OTHERS_SHOWN]) + more


def _elsewhere(original: Original) -> Target:
    """Return a database of the same server that is not the target."""
    target = original.environment.target
    for name in ("postgres", "template1"):
        other = target.with_database(name)
        if name == target.dbname:
            continue
        try:
            with connect(other):
                return other
        except ConnectionFailed:
            continue
    raise RehearsalImpossible(
        "no other database of the server can be entered, from where this one could be copied",
        hint=f"Let {target.user} connect to the database postgres.",
    )


@contextmanager
def backup_copy(original: Original, job: Job) -> Iterator[Copy]:
    """Restore the latest backup beside the target."""
    found = _latest(original)
    with restored_beside(original.environment, found.id, job) as scratch, connect(scratch) as copy:
        limit_statements(copy)
        told = limits.rows_of_backup(found.id, found.created_at)
        yield Copy("backup", copy, None, (told,), has_rows=True)


def _latest(original: Original) -> Backup:
    """Return the newest backup that has the schema of now: the plan is made for that."""
    for backup in list_backups(original.environment):
        # What Neon keeps is no file that could be restored beside the database.
        usable = backup.kind == "dump" and backup.state in _USABLE and backup.available
        if usable and backup.fingerprint == original.fingerprint:
            return backup
    raise RehearsalImpossible(
        f"there is no backup of {original.environment.target.dbname} with the schema it has now",
        hint="`vado backup create` takes one.",
    )
