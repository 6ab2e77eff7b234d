"""The databases that restores replaced and kept: listed, put back, removed."""

import logging
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from vado.backups.carry import carry_control
from vado.backups.mark import BEGINS, Mark, read_mark
from vado.backups.model import RestoreReport
from vado.backups.permission import check_may_rename, check_not_neon, check_obstacles, check_word
from vado.backups.record import Outcome, recorded
from vado.backups.restore import as_it_was
from vado.backups.successor import Names, choose_names, claim, dress, drop, maintenance, no_apply
from vado.backups.swap import swap
from vado.database import ClientTools, Session, connect, load_queries, tools_for
from vado.environments import Environment
from vado.errors import ConfirmationRequired, NotFound, Refused
from vado.operations import Job, Unheard, now

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups", "previous.sql")


@dataclass(frozen=True, slots=True)
class PreviousDatabase:
    """A database as it was before a restore.

    `created_at` is when it was replaced, `backup_id` what replaced it (None: another one of these
    was put back), `size_bytes` None where this role may not look.
    """

    database: str
    created_at: str
    size_bytes: int | None
    backup_id: str | None
    operation_id: str | None

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        return asdict(self)


def previous_databases(environment: Environment) -> tuple[PreviousDatabase, ...]:
    """Return the databases that restores of this one have kept, the newest first."""
    found = []
    with environment.session(read_only=True) as session:
        for row in session.rows(_QUERIES["kept_databases"], begins=BEGINS):
            mark = read_mark(row["mark"])
            if mark is not None and mark.of == environment.target.dbname:
                found.append(
                    PreviousDatabase(
                        row["name"], mark.at, row["bytes"], mark.backup_id, mark.operation_id
                    )
                )
    return tuple(sorted(found, key=lambda item: (item.created_at, item.database), reverse=True))


def undo_restore(
    environment: Environment, database: str, confirmation: str | None, job: Job
) -> RestoreReport:
    """Put a kept database back; the present one, with all that was written to it, is kept instead.

    Vado's records, and settings and grants of the database, stay as they are now. NotFound,
    Refused, ConfirmationRequired and LockNotObtained come before anything is done; RestoreFailed
    and Cancelled mean that the database is as it was.
    """
    check_not_neon(environment)
    find_previous(environment, database)
    check_word(environment, confirmation)
    tools = _check_rights(environment, database)
    with maintenance(environment.target) as server:
        claim(server, environment.target.dbname)
        find_previous(environment, database)  # it may have been forgotten meanwhile
        with (
            no_apply(environment),
            as_it_was(environment, database),
            recorded(environment, job, database, alone=True) as outcome,
        ):
            previous = _put_back(outcome, server, database, tools)
    log.info("restore undone", extra={"database": database, "previous_database": previous})
    return RestoreReport(environment.target.dbname, previous, None, None, job.id)


def _put_back(outcome: Outcome, server: Session, database: str, tools: ClientTools) -> str:
    environment, job = outcome.environment, outcome.job
    free = choose_names(server, environment.target.dbname)
    names = Names(free.database, database, free.previous)
    job.step("records")
    # They are more than the kept one has; should the swap fail, it has them all the same.
    carry_control(environment, job, tools, database, replacing=True)
    kept = environment.target.with_database(database)
    with connect(kept, application_name="vado restore") as session:
        outcome.succeed(session)
    job.step("swap")
    mark = Mark(names.database, now(), None, job.id)
    swap(server, environment.target, names, mark=mark, before=lambda: _dressed_anew(server, names))
    return names.previous


def _dressed_anew(server: Session, names: Names) -> None:
    statements = _QUERIES["undress_statements"]
    for row in server.rows(statements, kept=names.successor, present=names.database):
        server.run(row["statement"])
    dress(server, names)


def remove_previous(environment: Environment, database: str, confirmation: str | None) -> None:
    """Drop a kept database for good; its name is asked for as confirmation."""
    find_previous(environment, database)
    if confirmation != database:
        raise ConfirmationRequired(
            f"dropping the database {database} has to be confirmed",
            hint=f"Confirm with its name {database}.",
            details={"word": database},
        )
    job = Job(f"op_{secrets.token_hex(8)}", Unheard())
    with maintenance(environment.target) as server:
        claim(server, environment.target.dbname)
        find_previous(environment, database)  # it may have been put back meanwhile
        with recorded(environment, job, database, "previous_remove"):
            drop(server, database)
    log.info("kept database dropped", extra={"database": database})


def find_previous(environment: Environment, database: str) -> PreviousDatabase:
    """Return one of them; NotFound where no restore has kept a database of that name."""
    for kept in previous_databases(environment):
        if kept.database == database:
            return kept
    raise NotFound(
        f"no restore of {environment.target.dbname} has kept a database {database!r}",
        hint="`vado backup kept` lists them.",
        details={"reason": "not_kept", "database": database},
    )


def _check_rights(environment: Environment, database: str) -> ClientTools:
    with environment.session(read_only=True) as session:
        check_may_rename(session)
        check_obstacles(session, "obstacles")
        for row in session.rows(_QUERIES["kept_databases"], begins=BEGINS):
            if row["name"] == database and not row["mine"]:
                raise Refused(
                    f"role {session.target.user} does not own the database {database}",
                    hint=f"Connect as {row['owner']}, or as a member of it.",
                )
        return tools_for(session.server_version, tls=environment.tls)
