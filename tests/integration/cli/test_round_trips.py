"""How often each command waits for the server: counted, since far away this is what it takes.

A server in the cloud is 20 to 150 ms away. Counted are the times that Vado spoke after it had heard
something, with what opens and ends a connection; pg_dump is not Vado's to change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.chaos import ChaosProxy, chaos
from tests.conftest import fresh_database
from tests.integration.cli.conftest import left_as_it_was

from vado.cli import main
from vado.database import EmbeddedServer

UP = "-- migrate:up\n{}\n-- migrate:down\n{}\n"
MOST = {
    "status": 5,
    "status --drift": 6,
    "preview": 16,
    "apply --yes": 48,
    "drift": 12,
    "diff": 9,
    "backup create": 27,
}
_NOT_COUNTED = ("vado op_", "vado progress")


def turns(proxy: ChaosProxy) -> int:
    return sum(w.turns for w in proxy.wires if not w.application.startswith(_NOT_COUNTED))


@contextmanager
def variables(**values: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, value)
        yield


def write(folder: Path, number: int) -> None:
    up, down = f"create table t{number} (id int primary key);", f"drop table t{number};"
    (folder / f"{number:04d}_t{number}.sql").write_text(UP.format(up, down))


@pytest.fixture(scope="module")
def counted(cluster: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The round trips of each command, run once after the other in a project with a ledger."""
    folder = tmp_path_factory.mktemp("far")
    (folder / "migrations").mkdir()
    write(folder / "migrations", 1)
    found = {}
    with fresh_database(cluster, "far") as target, chaos(target) as proxy:
        url = f"postgresql://{target.user}@127.0.0.1:{proxy.port}/far?sslmode=disable"
        with left_as_it_was(), variables(DATABASE_URL=url, VADO_STATE=str(folder / "state")):
            assert main(["apply", "--yes", "-C", str(folder)]) == 0
            write(folder / "migrations", 2)
            # Of this structure a copy is then at hand.
            assert main(["preview", "-C", str(folder)]) == 0
            for command in MOST:
                proxy.wires.clear()
                sides = ["--from", url, "--to", url] if command == "diff" else []
                main([*command.split(), *sides, "-C", str(folder)])
                found[command] = turns(proxy)
    return found


@pytest.mark.parametrize("command", MOST)
def test_a_command_takes_at_most_so_many_round_trips(counted: dict[str, int], command: str) -> None:
    assert counted[command] <= MOST[command], counted
