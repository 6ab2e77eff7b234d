"""The schema that scripts, or a dump, make of an empty database."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from vado.backups import Archive, scratch_beside
from vado.database import Identifier, Session, Target, connect, load_queries
from vado.environments import Environment
from vado.errors import ComparisonImpossible, VadoError
from vado.generate import Side
from vado.operations import Job
from vado.preview.copies import Copy, Original, embedded_empty
from vado.preview.plan import PlannedMigration
from vado.preview.reach import read_side
from vado.preview.run import run_plan
from vado.preview.structure import load_structure

_QUERIES = load_queries("vado.preview")
_EMBEDDED_OWNER = "postgres"


def made_by_scripts(
    scripts: Sequence[PlannedMigration], place: Environment, beside: Target | None, job: Job
) -> Side:
    """Run *scripts* on an empty database *beside* another, or on the embedded server.

    Raises ComparisonImpossible when one of them fails; *place* says where Vado keeps its server.
    """
    with _empty(place, beside, job) as copy:
        result = run_plan(copy, scripts, job)
        if result.error is not None:
            raise _failed(scripts, result.error)
        if copy.superuser is not None:
            _give_up(copy.session, copy.superuser)
        return read_side(copy.session)


def made_by_dump(dump: Archive, beside: Target, server_version: int, job: Job) -> Side:
    """Load the structure in *dump* on an empty database *beside* another."""
    with scratch_beside(beside) as scratch, connect(scratch) as session:
        load_structure(dump, session.target, server_version, job, whole=True)
        return read_side(session)


@contextmanager
def _empty(place: Environment, beside: Target | None, job: Job) -> Iterator[Copy]:
    with ExitStack() as stack:
        copy = None if beside is None else _beside(stack, beside)
        if copy is None:
            original = Original(place, "", 0, (), ())
            copy = stack.enter_context(embedded_empty(original, job))
        yield copy


def _beside(stack: ExitStack, target: Target) -> Copy | None:
    try:
        scratch = stack.enter_context(scratch_beside(target))
    except VadoError:  # the role may not make databases
        return None
    session = stack.enter_context(connect(scratch))
    return Copy("scratch", session, None, ())


def _give_up(session: Session, superuser: Session) -> None:
    """Let everything belong to one role whose name does not change from run to run."""
    runner = session.value("select current_user")
    superuser.execute(
        _QUERIES["reassign"],
        identifiers={"old": Identifier(runner), "new": Identifier(_EMBEDDED_OWNER)},
    )


def _failed(scripts: Sequence[PlannedMigration], error: dict[str, object]) -> ComparisonImpossible:
    name = next((s.name for s in scripts if s.version == error["version"]), "")
    return ComparisonImpossible(
        f"{name} fails on an empty database, line {error['line']}: {error['message']}",
        hint="Only what runs from the beginning to the end makes a schema to compare with.",
        details=error,
    )
