"""What the tests of the catalogue share: SQL in, catalogues and changes out."""

from collections.abc import Callable, Iterator

import pytest

from vado.database import Session, Target, connect
from vado.schema import Catalogue, Change, diff_same_database, read_catalogue
from vado.sql import parse_script


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    """A session in a fresh database."""
    with connect(database) as session:
        yield session


def run(session: Session, script: str) -> None:
    parsed = parse_script(script)
    assert not parsed.errors, parsed.errors
    for statement in parsed.statements:
        session.run(statement.text)


@pytest.fixture
def catalogue_of(session: Session) -> Callable[[str], Catalogue]:
    """Run a script and read what is there afterwards."""

    def catalogue_of(script: str) -> Catalogue:
        run(session, script)
        return read_catalogue(session)

    return catalogue_of


@pytest.fixture
def changes_of(session: Session) -> Callable[[str, str], tuple[Change, ...]]:
    """Run a script, then a second one, and return what the second one changed."""

    def changes_of(before: str, after: str) -> tuple[Change, ...]:
        run(session, before)
        earlier = read_catalogue(session)
        run(session, after)
        return diff_same_database(earlier, read_catalogue(session))

    return changes_of
