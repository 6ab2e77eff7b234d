"""The state file and the audit log in it: shared by processes, private, and only growing."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vado.errors import StateUnavailable
from vado.operations import Entry, State, record_audit, verify_audit


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State(tmp_path)
    yield state
    state.close()


def test_the_file_is_private_whatever_the_umask(tmp_path: Path) -> None:
    kept = os.umask(0)
    try:
        state = State(tmp_path)
        record_audit(state, Entry("x", "intent"))
        modes = {stat.S_IMODE(f.stat().st_mode) for f in tmp_path.iterdir() if f.is_file()}
        state.close()
    finally:
        os.umask(kept)

    assert modes == {0o600}


def test_what_a_newer_vado_wrote_is_left_alone(tmp_path: Path) -> None:
    State(tmp_path).close()
    with sqlite3.connect(tmp_path / "state.sqlite3") as file:
        file.execute("pragma user_version = 999")
    file.close()

    with pytest.raises(StateUnavailable, match="newer Vado"):
        State(tmp_path)


@pytest.mark.parametrize("content", [b"not a database, but a text of some length" * 100])
def test_a_file_that_is_no_state_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.sqlite3").write_bytes(content)

    with pytest.raises(StateUnavailable, match="cannot use Vado's state"):
        State(tmp_path)


def test_a_folder_that_is_missing_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StateUnavailable):
        State(tmp_path / "missing")


FIRST = """
import sys
from pathlib import Path
from vado.operations import Entry, State, record_audit
sys.stdin.readline()
state = State(Path(sys.argv[1]))
for _ in range(20):
    record_audit(state, Entry("x", "intent"))
state.close()
"""


def test_first_starts_at_once_share_one_state_and_one_chain(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", FIRST, str(tmp_path)]
    children = [
        subprocess.Popen(argv, stdin=subprocess.PIPE, text=True, env=os.environ) for _ in range(4)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.close()

    assert [child.wait(60) for child in children] == [0] * 4
    state = State(tmp_path)
    report = verify_audit(state)
    state.close()
    assert (report.intact, report.events) == (True, 80)


def test_a_transaction_is_whole_or_not_at_all(state: State) -> None:
    def fail() -> None:
        with state.transaction():
            state.execute("put_preference", key="a", value="1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert state.preferences() == {}
    state.set_preferences({"language": "es", "theme": "dark"})
    assert state.preferences() == {"language": "es", "theme": "dark"}


def test_a_file_that_others_lock_for_long_is_one_clear_error(state: State, tmp_path: Path) -> None:
    state._file.execute("pragma busy_timeout = 50")
    other = sqlite3.connect(tmp_path / "state.sqlite3", isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(StateUnavailable, match="locked"):
        record_audit(state, Entry("x", "intent"))

    other.execute("rollback")
    other.close()
    record_audit(state, Entry("x", "intent"))
    assert verify_audit(state).events == 1


def test_threads_share_one_chain(state: State) -> None:
    together = threading.Barrier(4)

    def write() -> None:
        together.wait()
        for _ in range(25):
            record_audit(state, Entry("x", "intent"))

    with ThreadPoolExecutor(4) as pool:
        for result in [pool.submit(write) for _ in range(4)]:
            result.result()

    assert verify_audit(state).events == 100
    assert verify_audit(state).intact


@pytest.mark.parametrize("statement", ["update audit set actor = 'x'", "delete from audit"])
def test_the_log_only_grows(state: State, statement: str) -> None:
    record_audit(state, Entry("x", "intent"))

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        state._file.execute(statement)


def edited(column: str) -> Callable[[sqlite3.Connection], object]:
    return lambda file: file.execute(f"update audit set {column} = 'other' where id = 3")  # noqa: S608


@pytest.mark.parametrize(
    "tamper",
    [
        *(edited(c) for c in ("at", "action", "actor", "subject", "details", "hash")),
        lambda file: file.execute("update audit set outcome = 'failed' where id = 3"),
        lambda file: file.execute("delete from audit where id = 3"),
        lambda file: file.execute("update audit set previous_hash = null where id = 3"),
    ],
)
def test_an_edited_log_is_found_out(
    state: State, tamper: Callable[[sqlite3.Connection], object]
) -> None:
    for number in range(5):
        record_audit(state, Entry("x", "intent", "dev", f"op_{number}", "s", {"é": number}))
    head = verify_audit(state).head
    assert head
    for trigger in ("audit_is_not_changed", "audit_is_not_deleted"):
        state._file.execute(f"drop trigger {trigger}")

    tamper(state._file)

    report = verify_audit(state)
    assert not report.intact
    assert report.broken_at in {3, 4}


def test_an_empty_log_is_intact(state: State) -> None:
    report = verify_audit(state)

    assert (report.intact, report.events, report.head) == (True, 0, None)


def test_secrets_stay_out_of_the_log_and_its_json_stays_whole(state: State) -> None:
    record_audit(state, Entry("x", "refused", details={"message": "password=hush", "n": None}))

    [row] = state.page("audit", "id", 1, environment=None, after=None).items
    assert row["details"] == '{"message": "password=***", "n": null}'
