"""Adoption by the command, at a terminal and in a script, and over HTTP."""

import json
import logging
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from vado.api import create_app
from vado.cli import main
from vado.settings import Secret

Make = Callable[..., Any]
PORT = 4321
TOKEN = "a-token-only-for-tests"  # noqa: S105 (of no real server)


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Types `vado adopt` in a project, and gives exit code and both outputs."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}

    def run(project: Any, *options: str) -> tuple[int, str, str]:
        where = str(project.vado.settings.migrations_folder)
        code = main(["adopt", "-C", str(project.folder), "--migrations", where, *options])
        seen = capsys.readouterr()
        return code, seen.out, seen.err

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for handler in list(logging.getLogger("vado").handlers):
        logging.getLogger("vado").removeHandler(handler)
        handler.close()


def test_command_adopts_and_says_what_was_proven(foreign: Make, typed: Any) -> None:
    code, out, err = typed(foreign("flyway"), "--yes")

    assert code == 0, err
    assert "4 compared, all equal" in out
    assert "the files make exactly what is there" in out
    assert "4 migrations stand in Vado's ledger" in out
    assert "R__customers_by_name.sql becomes an ordinary migration" in out


def test_command_gives_scripts_one_document(foreign: Make, typed: Any) -> None:
    code, out, _ = typed(foreign("goose"), "--yes", "--json")

    document = json.loads(out)
    assert code == 0
    assert (document["format"], document["tool"], document["rows_written"]) == (1, "goose", 3)
    assert document["operation_id"].startswith("op_")


def test_command_refuses_with_7_and_names_the_difference(foreign: Make, typed: Any) -> None:
    project = foreign("dbmate")
    project.run("drop index orders_customer")

    code, out, err = typed(project, "--yes")

    assert code == 7
    assert "public.orders_customer" in out
    assert "--accept-differences" in err


def test_dry_run_of_what_would_be_refused_ends_with_7(foreign: Make, typed: Any) -> None:
    project = foreign("dbmate")
    project.run("drop index orders_customer")

    code, out, _ = typed(project, "--dry-run", "--json")

    document = json.loads(out)
    assert (code, document["accepted"], document["rows_written"]) == (7, False, 0)


def test_command_speaks_spanish(foreign: Make, typed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VADO_LANG", "es")
    project = foreign("golang_migrate")
    project.run("update schema_migrations set dirty = true")

    code, out, _ = typed(project, "--dry-run")

    assert code == 7
    assert "la versión 3 está marcada como «dirty»" in out
    assert "los archivos producen exactamente lo que hay" in out


def test_terminal_is_shown_the_proof_and_asked(foreign: Make) -> None:
    project = foreign("goose")

    declined, _ = on_terminal(project, b"n\n")
    code, seen = on_terminal(project, b"y\ny\n")

    assert (declined, code) == (7, 0), seen
    assert "Write 3 applied migrations into Vado's ledger" in seen
    assert len(project.rows("select version from vado.migration")) == 3


def on_terminal(project: Any, answers: bytes) -> tuple[int, str]:
    controller, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "VADO_LANG": "en"}
    with subprocess.Popen(
        [sys.executable, "-m", "vado", "adopt", "-C", str(project.folder)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment,
    ) as process:
        os.close(terminal)
        os.write(controller, answers)
        seen = b""
        while part := read(controller):
            seen += part
    os.close(controller)
    return process.returncode, seen.decode()


def read(controller: int) -> bytes:
    try:
        return os.read(controller, 10_000)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.fixture
def post() -> Callable[..., Response]:
    """Sends an adoption to the API of a project and waits for its end."""

    def send(project: Any, **body: Any) -> Response:
        app = create_app(project.vado, token=Secret(TOKEN), port=PORT)
        client = TestClient(app, base_url=f"http://127.0.0.1:{PORT}")
        headers = {"Authorization": f"Bearer {TOKEN}", "Prefer": "wait=60"}
        return client.post("/api/migrations/adopt", json=body, headers=headers)

    return send


def test_api_adopts_and_the_operation_holds_the_report(foreign: Make, post: Any) -> None:
    project = foreign("prisma")

    looked, done = post(project, dry_run=True).json(), post(project, tool="prisma").json()

    assert (looked["state"], looked["result"]["rows_written"]) == ("succeeded", 0)
    assert (done["state"], done["result"]["rows_written"]) == ("succeeded", 3)
    assert done["kind"] == "adopt"


def test_api_tells_a_refusal_with_the_report(foreign: Make, post: Any) -> None:
    project = foreign("prisma")
    project.run("alter table orders alter column state drop default")

    operation = post(project).json()

    assert operation["state"] == "failed"
    assert operation["error"]["code"] == "adoption_refused"
    assert [c["identity"] for c in operation["result"]["changes"]] == ["public.orders.state"]


def test_api_reads_no_folder_outside_of_the_project(foreign: Make, post: Any) -> None:
    answer = post(foreign("prisma"), folder="../..")

    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
