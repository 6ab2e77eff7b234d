"""The API on a project of its own, as a client with the token sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from vado.api import create_app
from vado.application import Vado
from vado.database import Target
from vado.settings import Overrides, Secret, load_settings

PORT = 4321
TOKEN = "a-token-only-for-tests"  # noqa: S105 (of no real server)

CREATE = """-- migrate:up
create table customers (id bigint primary key, email text not null, phone text);
insert into customers select i, 'c' || i, case when i <= 7 then 'p' end
from generate_series(1, 20) i;
-- migrate:down
drop table customers;
"""
DROP = "-- migrate:up\nalter table customers drop column phone;\n"


def url_of(target: Target) -> str:
    return f"postgresql://{target.user}@/{target.dbname}?host={target.host}&port={target.port}"


@dataclass
class Project:
    """A folder with migrations, and the API that serves it."""

    folder: Path
    client: TestClient
    vado: Vado
    target: Target

    def write(self, name: str, text: str) -> Path:
        path = self.folder / "migrations" / name
        path.write_text(text)
        return path

    def send(self, method: str, path: str, **options: Any) -> Response:
        headers = {"Authorization": f"Bearer {TOKEN}", **options.pop("headers", {})}
        return self.client.request(method, f"/api{path}", headers=headers, **options)

    def get(self, path: str) -> Any:
        answer = self.send("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ended(self, path: str, body: dict[str, Any]) -> Any:
        """Start an operation and return it when it has ended."""
        answer = self.send("POST", path, json=body, headers={"Prefer": "wait=60"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def plan(self, **wanted: Any) -> Any:
        operation = self.ended("/migrations/dry-run", wanted)
        assert operation["state"] == "succeeded", operation["error"]
        return self.get(f"/plans/{operation['result']['plan_id']}")

    def apply(self, plan_id: str, **said: Any) -> Any:
        return self.ended("/migrations/apply", {"plan_id": plan_id, **said})


def open_project(
    folder: Path, state: Path, target: Target, environment_class: str | None = None
) -> Project:
    (folder / "migrations").mkdir(exist_ok=True)
    overrides = Overrides(
        url=url_of(target), environment_class=environment_class, project=folder, state=state
    )
    vado = Vado(load_settings(overrides))
    app = create_app(vado, token=Secret(TOKEN), port=PORT)
    client = TestClient(app, base_url=f"http://127.0.0.1:{PORT}", raise_server_exceptions=False)
    return Project(folder, client, vado, target)


@pytest.fixture
def project(database: Target, tmp_path: Path, isolated: Path) -> Iterator[Project]:
    opened = open_project(tmp_path, isolated, database)
    yield opened
    opened.vado.close()


@pytest.fixture
def production(database: Target, tmp_path: Path, isolated: Path) -> Iterator[Project]:
    opened = open_project(tmp_path, isolated, database, "production")
    yield opened
    opened.vado.close()
