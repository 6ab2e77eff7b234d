"""A state file of an earlier Vado goes on."""

import sqlite3
from importlib import resources
from pathlib import Path

import pytest

from vado.errors import StateUnavailable
from vado.operations import Entry, State, record_audit, verify_audit


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A state folder as the first version left it, with an entry of the audit log."""
    script = (resources.files("vado.operations") / "schema.sql").read_text(encoding="utf-8")
    with sqlite3.connect(tmp_path / "state.sqlite3") as file:
        file.executescript(script)
    file.close()
    return tmp_path


def test_a_state_of_the_first_version_gets_what_it_lacks_and_loses_nothing(first: Path) -> None:
    with sqlite3.connect(first / "state.sqlite3") as file:
        file.execute("INSERT INTO preference VALUES ('theme', '\"dark\"')")
    file.close()

    state = State(first)

    assert state.preferences() == {"theme": "dark"}
    assert state.row("known_target", key="x") is None
    record_audit(state, Entry("env_trust", "succeeded"))
    assert verify_audit(state).intact
    state.close()


def test_a_state_is_upgraded_once(first: Path) -> None:
    for _ in range(2):
        State(first).close()

    with sqlite3.connect(first / "state.sqlite3") as file:
        assert file.execute("PRAGMA user_version").fetchone() == (3,)
    file.close()


def test_a_state_of_a_newer_vado_is_left_alone(first: Path) -> None:
    with sqlite3.connect(first / "state.sqlite3") as file:
        file.execute("PRAGMA user_version = 99")
    file.close()

    with pytest.raises(StateUnavailable, match="newer Vado"):
        State(first)
