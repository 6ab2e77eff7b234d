"""What all tests share: a real PostgreSQL, a fresh database for each, and no trace of the user.

Each xdist worker has servers of its own: starting one takes half a second, sharing takes a lock.
`VADO_TEST_PG=14` (to 18) runs the suite on another PostgreSQL, from the cache that `make setup`
fills.
"""

import contextlib
import gc
import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from vado.database import (
    SCRATCH_SETTINGS,
    EmbeddedServer,
    Identifier,
    Target,
    connect,
    server_bin_folder,
    shared_server,
    start_server,
    stop_shared_server,
)

# VADO_CASES=2000 is the long campaign. No deadline: the machine is shared.
hypothesis.settings.register_profile(
    "vado", max_examples=int(os.environ.get("VADO_CASES", "150")), deadline=None
)
hypothesis.settings.load_profile("vado")

_numbers = itertools.count(1)
_HAS_STRATEGIES = 150000
_ROOM = 4 << 30  # bytes; a worker needs less than a fifth of it

# A shell that starts us in the background has Ctrl+C ignored, and so would every child of ours.
with contextlib.suppress(ValueError):
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """What is collected stays: to look for garbage among it each time is a quarter of the work."""
    gc.freeze()


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder for servers: all users may pass through, unlike through pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="vado-test-", dir=_quickest_place()))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _quickest_place() -> str:
    """Memory, if there is plenty: a thousand databases are made and dropped."""
    with contextlib.suppress(OSError):
        memory = Path("/dev/shm")  # noqa: S108 (mkdtemp makes a folder of our own there)
        if shutil.disk_usage(memory).free > _ROOM and os.access(memory, os.W_OK | os.X_OK):
            return str(memory)
    return "/tmp"  # noqa: S108 (likewise; TMPDIR may be too long a path for a socket)


@pytest.fixture(scope="session")
def programs() -> Path | None:
    """The programs of the PostgreSQL that is asked for; None are those that Vado brings."""
    major = os.environ.get("VADO_TEST_PG")
    bin_folder = server_bin_folder(int(major)) if major else None
    assert bin_folder or not major, f"no PostgreSQL {major} in the cache: make setup"
    return bin_folder


@pytest.fixture(scope="session")
def cluster(open_folder: Path, programs: Path | None) -> Iterator[EmbeddedServer]:
    """A server for the tests of this worker, with us as its superuser."""
    with start_server(
        open_folder / "cluster", settings=SCRATCH_SETTINGS, bin_folder=programs
    ) as server:
        yield server


@pytest.fixture
def database(cluster: EmbeddedServer) -> Iterator[Target]:
    """A fresh, empty database."""
    with fresh_database(cluster, f"test_{next(_numbers)}") as target:
        yield target


@contextlib.contextmanager
def fresh_database(
    cluster: EmbeddedServer, name: str, template: str = "template1"
) -> Iterator[Target]:
    """A database for the time of the block: an empty one, or the copy of another."""
    named = {"name": Identifier(name), "template": Identifier(template)}
    with connect(cluster.target()) as session:
        if session.server_version < _HAS_STRATEGIES:
            session.execute("create database {name} template {template}", identifiers=named)
        else:
            # A third of the time of the other strategy, where nobody waits for a disk.
            session.execute(
                "create database {name} template {template} strategy file_copy", identifiers=named
            )
    yield cluster.target(name)
    with connect(cluster.target()) as session:
        session.execute("drop database {name} with (force)", identifiers=named)


@pytest.fixture(scope="session", autouse=True)
def rehearsals(open_folder: Path) -> Iterator[None]:
    """Where the server for rehearsals lives, which starts when it is first asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VADO_EMBEDDED", str(open_folder / "rehearsals"))
        yield
        stop_shared_server(open_folder)


@pytest.fixture
def rehearsal_server(isolated: Path) -> EmbeddedServer:
    """The server that previews use; one for all tests of this worker."""
    return shared_server(isolated)


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of this test; no connection of the user's is known to it."""
    for name in list(os.environ):
        if name.startswith(("PG", "DATABASE_URL")):
            monkeypatch.delenv(name)
    # What one test calls a secret is a plain word in another.
    monkeypatch.setattr("vado.logging._secrets", set())
    state = tmp_path / "state"
    monkeypatch.setenv("VADO_STATE", str(state))
    return state
