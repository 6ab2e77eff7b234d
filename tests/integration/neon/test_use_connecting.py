"""Connecting to a database at Neon: asleep, restarting, and with the strictest TLS there is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.neon_stub.fixtures import Neon

from vado.cli import main
from vado.database import connect, told_while_waking, waking
from vado.environments import Environment
from vado.errors import ConnectionFailed

Live = Callable[..., Environment]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "_FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(waking, "_SLOW_PAUSE_S", 0.05)


def test_a_suspended_compute_is_there_when_it_is_needed(neon: Neon, live: Live) -> None:
    with connect(live().target) as session:
        session.run("create table goods (id int)")
    neon.suspend()

    with connect(live().target) as session:
        assert session.value("select count(*) from goods") == 0


def test_waking_up_is_tried_again_and_told(neon: Neon, live: Live) -> None:
    told: list[int] = []
    neon.refuse_connections("Couldn't connect to compute node", times=2)

    with told_while_waking(told.append), connect(live().target) as session:
        assert session.value("select 1") == 1

    assert told == [1, 2]


@pytest.mark.parametrize(
    ("says", "hint"),
    [
        ("The endpoint is disabled. Enable it using Neon API and retry.", "Enable the compute"),
        ("Your endpoint is temporarily unavailable. Check your quotas", "quotas"),
        ("This IP address 10.0.0.1 is not allowed to connect to this endpoint.", "Allow"),
    ],
)
def test_what_only_a_person_can_change_is_told_at_once(
    neon: Neon, live: Live, says: str, hint: str
) -> None:
    neon.refuse_connections(says, times=9)
    before = len(neon.arrivals)

    with pytest.raises(ConnectionFailed) as caught, connect(live().target):
        pass

    assert hint in str(caught.value.hint)
    assert len(neon.arrivals) <= before + 1


def test_somebody_who_waits_for_a_status_is_told_why(
    neon: Neon,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "migrations").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VADO_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("DATABASE_URL", neon.uri())
    monkeypatch.setattr(waking, "_SLOW_S", 0.05)
    neon.faults.wakes_in_s = 0.5

    assert main(["status"]) == 0
    asleep = capsys.readouterr()
    monkeypatch.setattr(waking, "_SLOW_S", 30)
    assert main(["status"]) == 0
    awake = capsys.readouterr()
    neon.suspend()
    monkeypatch.setattr(waking, "_SLOW_S", 0.05)
    assert main(["status", "--json"]) == 0
    program = capsys.readouterr()

    assert asleep.err.strip() == "waking the database …"
    assert awake.err == program.err == ""
