"""The server is killed at random moments of the swap: both names change, or none does."""

import os
import random
import signal
import threading
import time

import pytest

from vado.backups.successor import Names
from vado.backups.swap import swap
from vado.database import SCRATCH_SETTINGS, Identifier, connect, remove_home, start_server
from vado.errors import VadoError

ROUNDS = 12
NAMES = Names("shop", "shop_restoring", "shop_before")


def _oids(server) -> dict[str, int]:
    with connect(server.target()) as session:
        rows = session.rows(
            "select datname, oid::bigint as oid from pg_database where starts_with(datname, 'shop')"
        )
    return {row["datname"]: row["oid"] for row in rows}


def _create(server, *names: str) -> None:
    with connect(server.target()) as session:
        for name in names:
            session.execute("create database {n}", identifiers={"n": Identifier(name)})


@pytest.mark.campaign
def test_a_crash_of_the_server_never_leaves_half_a_swap(open_folder, programs):
    folder = open_folder / "crashing"
    # Durable: what was answered must still be there after the crash.
    settings = {**SCRATCH_SETTINGS, "fsync": "on", "full_page_writes": "on"}
    settings["synchronous_commit"] = "on"
    outcomes = set()
    server = start_server(folder, settings=settings, bin_folder=programs)
    try:
        _create(server, NAMES.database)
        for _ in range(ROUNDS):
            _create(server, NAMES.successor)
            before = _oids(server)
            answer = _swap_under_crash(server)
            server.stop()
            server = start_server(folder, settings=settings, bin_folder=programs)

            after = _oids(server)

            done = {
                NAMES.database: before[NAMES.successor],
                NAMES.previous: before[NAMES.database],
            }
            assert after in (before, done)
            assert answer != "done" or after == done
            outcomes.add(after == done)
            with connect(server.target()) as session:
                spare = NAMES.previous if after == done else NAMES.successor
                session.execute("drop database {n}", identifiers={"n": Identifier(spare)})
    finally:
        server.stop()
        remove_home(folder)
    assert outcomes


def _swap_under_crash(server) -> str:
    def crash() -> None:
        time.sleep(random.uniform(0, 0.05))  # noqa: S311 (any moment will do)
        os.kill(server.postmaster.pid, signal.SIGQUIT)

    with pytest.MonkeyPatch.context() as patch, connect(server.target()) as session:
        patch.setattr("vado.backups.swap._ANSWER_WITHIN_S", 0.1)
        crashing = threading.Thread(target=crash)
        crashing.start()
        try:
            swap(session, server.target(NAMES.database), NAMES)
        except VadoError:
            return "unknown"
        finally:
            crashing.join()
    return "done"
