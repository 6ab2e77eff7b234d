"""An environment is known again by what it was at its first use."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vado.database import EmbeddedServer, Identifier, Target, connect
from vado.environments import Environment, known_identity, recognise, trust
from vado.environments.identity import Identity, read_identity
from vado.environments.known import differences
from vado.errors import ConfirmationRequired, WrongDatabase
from vado.operations import State
from vado.settings import Secret

SHOP = Identity("7300000000000000001", "db.example.com", 5432, "shop")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    folder = tmp_path / "own"
    folder.mkdir()
    state = State(folder)
    yield state
    state.close()


@pytest.fixture
def live(database: Target, tmp_path: Path) -> Environment:
    return Environment(
        "live", "production", database, tmp_path, tmp_path, named=True, project_folder=tmp_path
    )


@pytest.fixture
def restricted(database: Target) -> Iterator[Target]:
    """The same database for a role that may not ask for the system identifier."""
    role = Identifier(f"reader_{database.dbname}")
    names = {"role": role, "database": Identifier(database.dbname)}
    with connect(database) as session:
        session.execute("create role {role} login password 'reader'", identifiers=names)
        session.execute("revoke execute on function pg_control_system() from public")
    yield replace(database, user=role.parts[0], password=Secret("reader"))
    with connect(database) as session:
        session.execute("drop role {role}", identifiers=names)


def use(state: State, environment: Environment) -> None:
    with environment.session(read_only=True) as session:
        recognise(state, environment, session)


def test_the_first_use_is_remembered(state: State, live: Environment) -> None:
    assert known_identity(state, live) is None

    use(state, live)

    known = known_identity(state, live)
    assert known is not None
    assert known.database == live.target.dbname
    assert known.system_identifier is not None
    assert known.system_identifier.isdecimal()


def test_another_database_is_refused_with_what_was_expected_and_found(
    state: State, live: Environment
) -> None:
    use(state, live)
    moved = replace(live, target=live.target.with_database("postgres"))

    with pytest.raises(WrongDatabase) as caught:
        use(state, moved)

    error = caught.value
    assert error.exit_code == 7
    assert error.details["differs"] == ["database"]
    assert error.details["expected"]["database"] == live.target.dbname
    assert error.details["found"]["database"] == "postgres"
    assert f":{live.target.port}/{live.target.dbname} (system_identifier " in error.message
    assert "vado env trust live" in (error.hint or "")


def test_a_server_set_up_anew_at_the_same_address_is_noticed(
    state: State, live: Environment
) -> None:
    use(state, live)
    # As if the first use had been of the server that stood there before.
    state.execute(
        "remember_target",
        key=_key_of(state),
        environment="live",
        system_identifier="7300000000000000001",
        host=live.target.host,
        port=live.target.port,
        database=live.target.dbname,
        seen_at="2026-01-01T00:00:00Z",
    )

    with pytest.raises(WrongDatabase) as caught:
        use(state, live)

    assert caught.value.details["differs"] == ["server"]


def _key_of(state: State) -> str:
    [row] = state._file.execute("SELECT key FROM target").fetchall()
    return str(row["key"])


def test_two_projects_may_call_their_environments_the_same(
    state: State, live: Environment, tmp_path: Path
) -> None:
    use(state, live)
    elsewhere = replace(
        live, target=live.target.with_database("postgres"), project_folder=tmp_path / "other"
    )

    use(state, elsewhere)

    assert known_identity(state, elsewhere) != known_identity(state, live)


def test_a_bare_url_is_known_by_its_address(state: State, live: Environment) -> None:
    bare = replace(live, name="default", named=False, environment_class="development")
    use(state, bare)

    use(state, replace(bare, target=bare.target.with_database("postgres")))

    known = known_identity(state, bare)
    assert known is not None
    assert known.database == live.target.dbname


def test_a_role_that_may_not_read_the_identifier_is_known_by_the_address(
    state: State, live: Environment, restricted: Target
) -> None:
    as_reader = replace(live, target=restricted)

    use(state, as_reader)
    known = known_identity(state, live)
    assert known is not None
    assert known.system_identifier is None

    use(state, live)
    use(state, as_reader)

    known = known_identity(state, live)
    assert known is not None
    assert known.system_identifier is not None


def test_trust_on_production_wants_the_name_typed(state: State, live: Environment) -> None:
    use(state, live)
    moved = replace(live, target=live.target.with_database("postgres"))

    with moved.session() as session:
        with pytest.raises(ConfirmationRequired) as caught:
            trust(state, moved, session, "postgres")
        trusted = trust(state, moved, session, "live")

    assert caught.value.details["word"] == "live"
    assert trusted.changed
    use(state, moved)
    with pytest.raises(WrongDatabase):
        use(state, live)


def test_an_identity_is_the_same_on_the_socket_and_on_any_port_of_this_machine(
    cluster: EmbeddedServer,
) -> None:
    with connect(cluster.target()) as session:
        here = read_identity(session)

    assert differences(here, replace(here, host="localhost", port=6543)) == []
    assert differences(here, replace(here, host="db.example.com")) == ["host"]


@pytest.mark.parametrize(
    ("found", "differing"),
    [
        (SHOP, []),
        (replace(SHOP, port=6432), []),
        (replace(SHOP, host="DB.example.com"), []),
        # A copy made from the files of the server: a replica, a restored snapshot, Neon's branch.
        (replace(SHOP, host="staging.example.com"), ["host"]),
        (replace(SHOP, system_identifier="7300000000000000002"), ["server"]),
        (replace(SHOP, database="shop_test"), ["database"]),
        (replace(SHOP, system_identifier=None), []),
        (replace(SHOP, system_identifier=None, port=6432), ["host"]),
        (
            Identity("7300000000000000002", "localhost", 5433, "test"),
            ["server", "host", "database"],
        ),
    ],
)
def test_what_is_not_the_same_is_told_apart(found: Identity, differing: list[str]) -> None:
    assert differences(SHOP, found) == differing
