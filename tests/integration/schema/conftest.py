"""What the tests of the catalogue share: SQL in, catalogues and changes out."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from tests.conftest import fresh_database

from vado.database import EmbeddedServer, Session, Target, connect
from vado.schema import Catalogue, Change, diff_same_database, read_catalogue
from vado.sql import parse_script

_numbers = itertools.count(1)


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    """A session in a fresh database."""
    with connect(database) as session:
        yield session


@pytest.fixture
def another(cluster: EmbeddedServer) -> Iterator[Target]:
    """A second fresh database."""
    with fresh_database(cluster, f"another_{next(_numbers)}") as target:
        yield target


@pytest.fixture
def run() -> Callable[[Session, str], None]:
    """Run a script, statement by statement."""
    return _run


@pytest.fixture
def catalogue_of(session: Session) -> Callable[[str], Catalogue]:
    """Run a script and read what is there afterwards."""

    def catalogue_of(script: str) -> Catalogue:
        _run(session, script)
        return read_catalogue(session)

    return catalogue_of


@pytest.fixture
def changes_of(session: Session) -> Callable[[str, str], tuple[Change, ...]]:
    """Run a script, then a second one, and return what the second one changed."""

    def changes_of(before: str, after: str) -> tuple[Change, ...]:
        _run(session, before)
        earlier = read_catalogue(session)
        _run(session, after)
        return diff_same_database(earlier, read_catalogue(session))

    return changes_of


def _run(session: Session, script: str) -> None:
    parsed = parse_script(script)
    assert not parsed.errors, parsed.errors
    for statement in parsed.statements:
        session.run(statement.text)
