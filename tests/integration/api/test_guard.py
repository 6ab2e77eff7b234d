"""No page and no process without the token gets anywhere."""

import pytest

from tests.integration.api.conftest import PORT, TOKEN, Project
from vado.api import guard
from vado.api.app import described_app
from vado.api.guard import CSP, MAX_BODY_BYTES

AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


def routes():
    for path, methods in described_app().openapi()["paths"].items():
        for method in methods:
            yield method, path.replace("{version}", "1").replace("{", "").replace("}", "")


def test_every_route_wants_the_token(project: Project):
    seen = set()
    for method, path in routes():
        seen.add(path)
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
            answer = project.client.request(method, path, headers=headers)
            assert answer.status_code == 401, (method, path)
            assert answer.json()["code"] == "unauthorized"
    assert len(seen) > 20


def test_the_token_is_not_taken_from_a_cookie_or_the_address(project: Project):
    cookie = project.client.get("/api/about", headers={"Cookie": f"token={TOKEN}"})
    address = project.client.get(f"/api/about?token={TOKEN}")

    assert (cookie.status_code, address.status_code) == (401, 401)


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil:{PORT}",
     f"[::1]:{PORT}", ""],
)  # fmt: skip
def test_another_host_is_refused(project: Project, host: str):
    answer = project.client.get("/api/about", headers={**AUTHORIZED, "Host": host})

    assert answer.status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://127.0.0.1:{PORT + 1}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_page_is_refused_even_with_the_token(project: Project, headers):
    answer = project.client.post("/api/backups", json={}, headers={**AUTHORIZED, **headers})

    assert answer.status_code == 403
    assert answer.json()["code"] == "foreign_origin"
    assert project.get("/operations")["total"] == 0


def test_the_page_itself_is_let_in(project: Project):
    headers = {"Origin": f"http://127.0.0.1:{PORT}", "Sec-Fetch-Site": "same-origin"}

    assert project.client.get("/api/about", headers={**AUTHORIZED, **headers}).status_code == 200


def test_no_answer_allows_another_origin(project: Project):
    answer = project.client.options(
        "/api/backups",
        headers={**AUTHORIZED, "Origin": "http://evil.example",
                 "Access-Control-Request-Method": "POST"},
    )  # fmt: skip

    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_body_that_is_too_large_is_refused(project: Project):
    answer = project.send("POST", "/migrations/validate", content=b"x" * (MAX_BODY_BYTES + 1))

    assert answer.status_code == 413


def test_a_loop_gone_wild_is_slowed_down(project: Project, monkeypatch: pytest.MonkeyPatch):
    # Nothing flows back meanwhile, however slow the machine is.
    monkeypatch.setattr(guard, "_RATE_PER_S", 0)

    codes = {project.send("GET", "/about").status_code for _ in range(420)}

    assert codes == {200, 429}


def test_every_answer_carries_the_security_headers(project: Project):
    for path in ("/api/about", "/api/nowhere", "/", "/some/page"):
        headers = project.client.get(path, headers=AUTHORIZED).headers
        assert headers["content-security-policy"] == CSP
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] in {"no-store", "no-cache"}


def test_no_file_outside_the_page_is_served(project: Project):
    for path in ("/../app.py", "/%2e%2e/app.py", "/..%2fapp.py", "/assets/../../app.py"):
        assert "create_app" not in project.client.get(path, headers=AUTHORIZED).text


def test_the_description_of_the_api_is_not_served(project: Project):
    for path in ("/openapi.json", "/docs", "/redoc", "/api/openapi.json"):
        assert "paths" not in project.client.get(path, headers=AUTHORIZED).text
