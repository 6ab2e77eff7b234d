"""A branch of Neon as the place of a rehearsal: the rows of now, without touching the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from vado.database import connect
from vado.errors import RehearsalImpossible
from vado.neon import at_home, temporary_branch
from vado.operations import Job
from vado.preview import limits
from vado.preview.copies import Copy, Original, limit_statements


@contextmanager
def branch_copy(original: Original, job: Job) -> Iterator[Copy]:
    """Rehearse on a branch that is deleted afterwards, and expires should Vado be killed."""
    environment = original.environment
    if environment.neon is None:
        raise RehearsalImpossible(
            f"environment {environment.name} has no project of Neon",
            hint="Write [neon] with project = ... in vado.toml, see docs/neon.md.",
        )
    with at_home(environment, job) as home, temporary_branch(home) as branch:
        target = home.reached(branch.id, environment)
        with connect(target) as session:
            limit_statements(session)
            told = (limits.rows_of_branch(branch.name), limits.branch_is_cold())
            yield Copy("branch", session, None, told, has_rows=True)
