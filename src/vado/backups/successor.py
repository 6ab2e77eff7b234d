"""The database that a restore is loaded into: made like the one it is to replace, or dropped again.

All of it is done from another database of the server, in a session that holds a lock for as long as
the restore lasts; a successor without that lock was left behind by a Vado that was killed.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vado.database import (
    MIGRATION_LOCK,
    Identifier,
    Session,
    Target,
    connect,
    load_queries,
    open_session,
)
from vado.environments import Environment
from vado.errors import ConnectionFailed, LockNotObtained, Refused, VadoError
from vado.operations import Job

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")
_MAINTENANCE = ("postgres", "template1")
_LONGEST_NAME = 63  # bytes
_MARK = "Vado restores a backup of {name} here. It is dropped when no restore runs."
# Settings whose value is a list of names, which ALTER takes one by one.
_LISTS = frozenset(
    {
        "search_path",
        "temp_tablespaces",
        "local_preload_libraries",
        "session_preload_libraries",
        "shared_preload_libraries",
        "unix_socket_directories",
    }
)
_ITEM = re.compile(r'"((?:[^"]|"")*)"|([^",\s]+)')


@dataclass(frozen=True, slots=True)
class Names:
    """The database, its successor while that is loaded, and what it is called afterwards."""

    database: str
    successor: str
    previous: str


@contextmanager
def maintenance(target: Target) -> Iterator[Session]:
    """Open a session on another database of the same server, for what concerns whole databases."""
    session = _enter_another(target)
    try:
        session.row(_QUERIES["hold_on"])
        yield session
    finally:
        session.close()


def _enter_another(target: Target) -> Session:
    reason = ""
    for name in _MAINTENANCE:
        if name != target.dbname:
            try:
                return open_session(target.with_database(name), application_name="vado restore")
            except ConnectionFailed as error:
                reason = error.message
    raise Refused(
        f"no other database of the server can be entered: {reason}",
        hint=f"Let {target.user} connect to the database postgres.",
    )


def claim(server: Session, database: str) -> None:
    """Take the lock that allows one restore of *database* at a time, and drop what one left."""
    if not server.value(_QUERIES["claim"], name=database):
        raise LockNotObtained(
            f"another restore of {database} is running",
            hint="Wait until it has ended; the database was not touched.",
        )
    _drop_leftovers(server, database)


@contextmanager
def no_apply(environment: Environment) -> Iterator[None]:
    """Hold the lock of an apply, so that no migration runs into the restore."""
    with connect(environment.target, application_name="vado restore") as session:
        session.row(_QUERIES["hold_on"])
        if not session.value(_QUERIES["claim_migrations"], lock=MIGRATION_LOCK):
            raise LockNotObtained(
                f"another Vado is at work on {environment.target.dbname}",
                hint="Wait until it has ended; the database was not touched.",
            )
        yield


def settle_restores(environment: Environment) -> list[str]:
    """Drop what a killed restore of this environment left on the server; return the names."""
    with maintenance(environment.target) as server:
        name = environment.target.dbname
        if not server.value(_QUERIES["claim"], name=name):
            return []  # one is running
        return _drop_leftovers(server, name)


def _drop_leftovers(server: Session, database: str) -> list[str]:
    found = server.rows(_QUERIES["leftovers"], comment=_MARK.format(name=database))
    for row in found:
        drop(server, row["name"])
    return [row["name"] for row in found]


def drop(server: Session, name: str) -> None:
    """Drop a database, sessions and all; nothing happens when there is none of that name."""
    if found := server.rows(_QUERIES["subscriptions_of"], name=name):
        _forget_subscriptions(server.target.with_database(name), [row["name"] for row in found])
    server.execute(_QUERIES["drop_database"], identifiers={"name": Identifier(name)})


def _forget_subscriptions(target: Target, names: list[str]) -> None:
    """Drop what a backup brought along, without a word to the publisher, who feeds another one."""
    with connect(target, application_name="vado restore") as session:
        for name in names:
            for step in ("disable_subscription", "leave_slot", "drop_subscription"):
                session.execute(_QUERIES[step], identifiers={"name": Identifier(name)})


def choose_names(server: Session, database: str) -> Names:
    """Return names that are free now, with the server's time in them."""
    moment: datetime = server.value(_QUERIES["server_time"]).astimezone(UTC)
    while True:
        names = Names(
            database,
            timed_name(database, "restoring", moment),
            timed_name(database, "before_restore", moment),
        )
        taken = (names.successor, names.previous)
        if not any(server.value(_QUERIES["database_oid"], name=name) for name in taken):
            return names
        moment += timedelta(seconds=1)


def timed_name(database: str, what: str, moment: datetime) -> str:
    """Return a name of at most 63 bytes, shortening only the database's own part."""
    ending = f"_{what}_{moment:%Y%m%d%H%M%S}"
    return database.encode()[: _LONGEST_NAME - len(ending)].decode(errors="ignore") + ending


@contextmanager
def successor(server: Session, target: Target, names: Names, job: Job) -> Iterator[None]:
    """Make an empty database like *names.database*; it is dropped unless it took its place."""
    job.step("create_database")
    statement = server.value(
        _QUERIES["create_like"], old=names.database, new=names.successor, as_owner=True
    )
    mark = _MARK.format(name=names.database)
    try:
        with job.on_cancel(server.cancel):
            server.run(statement)
        server.run(server.value(_QUERIES["mark_statement"], new=names.successor, comment=mark))
        yield
    except BaseException:
        # By its own name: once it took the place of the database there is nothing of that name.
        _drop_unfinished(target, names.successor)
        raise


def _drop_unfinished(target: Target, name: str) -> None:
    try:
        with maintenance(target) as server:
            drop(server, name)
    except VadoError as error:
        # What failed first must be heard of; the next restore drops it.
        log.warning("database not dropped", extra={"database": name, "error": error.message})


def dress(server: Session, names: Names) -> None:
    """Give the successor what belongs to the database and not to its contents.

    Connection limit, grants on the database, and its settings, also those of single roles.
    """
    properties = _QUERIES["property_statements"]
    for row in server.rows(properties, old=names.database, new=names.successor):
        server.run(row["statement"])
    for row in server.rows(_QUERIES["settings"], old=names.database):
        statement = server.value(
            _QUERIES["setting_statement"],
            new=names.successor,
            role=row["role"],
            name=row["name"],
            items=_items(row["name"], row["value"]),
        )
        server.run(statement)


def _items(name: str, value: str) -> list[str]:
    if name.lower() not in _LISTS:
        return [value]
    found = [quoted.replace('""', '"') or plain for quoted, plain in _ITEM.findall(value)]
    return found or [""]
