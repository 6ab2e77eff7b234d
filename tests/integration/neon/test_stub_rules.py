"""The stand-in for Neon keeps Neon's rules: its data are real, and so are its refusals."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.neon_stub.fixtures import Neon
from tests.neon_stub.registry import CALLS

from vado.database import connect, parse_url
from vado.errors import ConnectionFailed

Ask = Callable[..., httpx2.Response]


@pytest.fixture
def ask(neon: Neon):
    """Ask the API as anybody would, and wait until nothing is being done any more."""
    with httpx2.Client(
        base_url=f"{neon.api_url}/projects/{neon.project}",
        headers={"Authorization": f"Bearer {neon.api_key}"},
    ) as client:

        def asked(method: str, path: str, body: Any = None, **query: Any) -> httpx2.Response:
            answer = client.request(method, path, json=body, params=query)
            while any(
                o["status"] in {"scheduling", "running"}
                for o in client.get("/operations").json()["operations"]
            ):
                time.sleep(0.01)
            return answer

        yield asked


@pytest.fixture
def goods(neon: Neon) -> Neon:
    run(neon, "create table goods (id int primary key)", "insert into goods values (1), (2)")
    return neon


def run(neon: Neon, *statements: str, branch: str = "main") -> None:
    with connect(neon.target(branch)) as session:
        for statement in statements:
            session.run(statement)


def ids(neon: Neon, branch: str = "main") -> list[int]:
    with connect(neon.target(branch)) as session:
        return [row["id"] for row in session.rows("select id from goods order by 1")]


def lsn(neon: Neon) -> str:
    with connect(neon.target()) as session:
        return str(session.value("select pg_current_wal_lsn()"))


def made(ask: Ask, name: str, neon: Neon, **told: Any) -> httpx2.Response:
    branch = {"name": name, "parent_id": neon.branch().id, **told}
    return ask("POST", "/branches", {"branch": branch, "endpoints": [{"type": "read_write"}]})


def in_seconds(count: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=count)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_branch_is_a_database_of_its_own_made_while_sessions_are_open(goods: Neon, ask: Ask):
    with connect(goods.target()) as session:
        session.execute("begin")
        session.run("insert into goods values (3)")
        assert made(ask, "copy", goods).status_code == 201
        session.execute("commit")
    run(goods, "delete from goods where id = 1", branch="copy")
    assert ids(goods, "copy") == [2]  # what was not committed is not in the branch
    assert ids(goods) == [1, 2, 3]


def test_all_databases_of_the_parent_are_in_a_branch(neon: Neon, ask: Ask):
    neon.add_database("other")
    answer = made(ask, "copy", neon).json()
    assert {d["name"] for d in answer["databases"]} == {"neondb", "other"}
    assert "connection_uris" not in answer  # which one would be meant?
    with connect(neon.target("copy", "other")) as session:
        assert session.value("select current_database()") == "other"


def test_a_schema_only_branch_is_a_root_with_the_tables_and_no_rows(goods: Neon, ask: Ask):
    answer = made(ask, "structure", goods, init_source="schema-only").json()
    assert "parent_id" not in answer["branch"]
    assert ids(goods, "structure") == []
    assert ids(goods) == [1, 2]


def test_a_moment_in_the_past_is_what_was_kept_and_nothing_else(goods: Neon, ask: Ask):
    then = lsn(goods)
    goods.keep(since=then)
    run(goods, "insert into goods values (3)")
    after = lsn(goods)
    run(goods, "insert into goods values (4)")

    assert made(ask, "then", goods, parent_lsn=then).status_code == 201
    assert ids(goods, "then") == [1, 2]
    assert made(ask, "after", goods, parent_lsn=after).status_code == 422
    assert made(ask, "never", goods, parent_timestamp=in_seconds(-3600)).status_code == 422


def test_what_may_not_be_deleted_is_refused(neon: Neon, ask: Ask):
    main = neon.branch()
    assert ask("DELETE", f"/branches/{main.id}").status_code == 422  # the default branch
    child = made(ask, "child", neon).json()["branch"]["id"]
    body = {"branch": {"name": "grandchild", "parent_id": child}}
    grandchild = ask("POST", "/branches", body).json()["branch"]["id"]
    assert ask("DELETE", f"/branches/{child}").status_code == 422  # it has a child
    assert ask("DELETE", f"/branches/{grandchild}").status_code == 200
    ask("PATCH", f"/branches/{child}", {"branch": {"protected": True}})
    assert ask("DELETE", f"/branches/{child}").status_code == 422  # it is protected
    ask("PATCH", f"/branches/{child}", {"branch": {"protected": False}})
    assert ask("DELETE", f"/branches/{child}").status_code == 200
    assert ask("DELETE", f"/branches/{child}").status_code == 204  # it is gone already
    assert ask("DELETE", "/branches/br-none-of-ours-1").status_code == 404


def test_a_branch_expires_and_has_no_children(neon: Neon, ask: Ask):
    assert made(ask, "past", neon, expires_at=in_seconds(-5)).status_code == 422
    assert made(ask, "far", neon, expires_at=in_seconds(31 * 86400)).status_code == 422
    brief = made(ask, "brief", neon, expires_at=in_seconds(3600)).json()["branch"]["id"]
    body = {"branch": {"name": "child", "parent_id": brief}}
    assert ask("POST", "/branches", body).status_code == 422
    neon.later(3601)
    assert ask("GET", f"/branches/{brief}").status_code == 404


def test_the_child_of_a_protected_branch_has_a_password_of_its_own(goods: Neon, ask: Ask):
    goods.protect()
    made(ask, "child", goods)
    parents, childs = parse_url(goods.uri()), parse_url(goods.uri("child"))
    assert parents.password != childs.password
    assert ids(goods, "child") == [1, 2]
    swapped = goods.uri("child").replace(
        goods.branch("child").passwords["neondb_owner"], goods.branch().passwords["neondb_owner"]
    )
    with pytest.raises(ConnectionFailed, match="password authentication failed"):
        connect(parse_url(swapped)).__enter__()


def test_an_instant_restore_keeps_the_branch_and_leaves_what_it_was(goods: Neon, ask: Ask):
    then, before, uri = lsn(goods), goods.branch().id, goods.uri()
    goods.keep(since=then)
    made(ask, "child", goods)
    run(goods, "insert into goods values (3)")
    with connect(goods.target()) as session:
        body = {"source_branch_id": before, "source_lsn": then}
        assert ask("POST", f"/branches/{before}/restore", body).status_code == 422
        body["preserve_under_name"] = "main_old"
        assert ask("POST", f"/branches/{before}/restore", body).status_code == 200
        with pytest.raises(ConnectionFailed):
            session.value("select 1")  # the compute was restarted
    assert (goods.branch().id, goods.uri()) == (before, uri)
    assert ids(goods) == [1, 2]
    assert goods.branch("child").parent_id == goods.branch("main_old").id
    assert ask("DELETE", f"/branches/{goods.branch('main_old').id}").status_code == 422


def test_a_snapshot_comes_back_in_two_steps_under_the_same_host(goods: Neon, ask: Ask):
    main, uri = goods.branch().id, goods.uri()
    taken = ask("POST", f"/branches/{main}/snapshot", name="first").json()["snapshot"]
    run(goods, "insert into goods values (3)")
    body = {"name": "look", "target_branch_id": main, "finalize_restore": False}
    restored = ask("POST", f"/snapshots/{taken['id']}/restore", body).json()["branch"]
    assert restored["restore_status"] == "restored"
    assert restored["restored_from"] == taken["id"]
    assert (ids(goods, "look"), ids(goods)) == ([1, 2], [1, 2, 3])

    path = f"/branches/{restored['id']}/finalize_restore"
    assert ask("POST", path, {"name": "before"}).status_code == 200
    assert goods.branch().id == restored["id"]  # another branch
    assert goods.uri() == uri  # and the same way to it
    assert (ids(goods), goods.branch().default) == ([1, 2], True)
    assert ask("POST", path, {"name": "before"}).status_code == 422
    assert ask("GET", "/snapshots").json()["snapshots"][0]["source_branch_id"] == main


def test_a_snapshot_in_one_step_without_a_target_may_hit_the_replaced_branch(goods: Neon, ask: Ask):
    main = goods.branch().id
    taken = ask("POST", f"/branches/{main}/snapshot", name="first").json()["snapshot"]["id"]
    ask("POST", f"/snapshots/{taken}/restore", {"finalize_restore": True})
    assert goods.branch("main (old)").id == main
    ask("POST", f"/snapshots/{taken}/restore", {"finalize_restore": True})
    assert goods.branch("main (old) (old)").id == main  # and not the branch that is in use


def test_only_root_branches_have_snapshots_and_these_expire(neon: Neon, ask: Ask):
    child = made(ask, "child", neon).json()["branch"]["id"]
    assert ask("POST", f"/branches/{child}/snapshot").status_code == 422
    path = f"/branches/{neon.branch().id}/snapshot"
    assert ask("POST", path, name="brief", expires_at=in_seconds(60)).status_code == 200
    neon.later(61)
    assert ask("GET", "/snapshots").json() == {"snapshots": []}


def test_a_suspended_compute_ends_its_sessions_and_wakes_when_asked(goods: Neon, ask: Ask):
    endpoint = goods.endpoint().id
    with connect(goods.target()) as session:
        ask("POST", f"/endpoints/{endpoint}/suspend")
        with pytest.raises(ConnectionFailed):
            session.value("select 1")
    shown = ask("GET", f"/endpoints/{endpoint}").json()["endpoint"]
    assert (shown["current_state"], goods.running()) == ("idle", False)
    assert ids(goods) == [1, 2]
    assert goods.running()


@pytest.mark.usefixtures("neon")
def test_lists_come_in_pages(ask: Ask):
    for name in ("one", "two", "three"):
        ask("POST", "/branches", {"branch": {"name": name}})
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = ask("GET", "/branches", limit=3, sort_by="name", sort_order="asc", **cursor).json()
        found += [branch["name"] for branch in answer["branches"]]
        if "next" not in answer["pagination"]:
            break
        cursor = {"cursor": answer["pagination"]["next"]}
    assert found == ["main", "one", "three", "two"]


def test_errors_have_neons_envelope_and_statuses(neon: Neon, ask: Ask):
    main = neon.branch().id
    stranger = httpx2.get(f"{neon.api_url}/projects/{neon.project}")
    assert stranger.status_code == 401
    nobody = {"Authorization": f"Bearer {neon.api_key}"}
    assert httpx2.get(f"{neon.api_url}/projects/none", headers=nobody).status_code == 404
    assert ask("POST", "/branches", {"branch": {"name": "main"}}).status_code == 409
    neon.faults.branch_limit = 1
    full = ask("POST", "/branches", {"branch": {"name": "more"}})
    assert (full.status_code, full.json()["code"]) == (422, "BRANCHES_LIMIT_EXCEEDED")
    neon.faults.store_passwords = False
    secret = ask("GET", f"/branches/{main}/roles/neondb_owner/reveal_password")
    assert secret.status_code == 412
    assert set(secret.json()) == {"code", "message", "request_id"}


def test_while_something_is_done_with_a_branch_nothing_else_is(neon: Neon, ask: Ask):
    neon.next_operation("finished", "suspend_compute", lasts_s=0.5)
    with httpx2.Client(headers={"Authorization": f"Bearer {neon.api_key}"}) as client:
        base = f"{neon.api_url}/projects/{neon.project}"
        client.post(f"{base}/endpoints/{neon.endpoint().id}/suspend")
        body = {"branch": {"name": "copy"}}
        assert client.post(f"{base}/branches", json=body).status_code == 423
    ask("GET", "/branches")
    assert ask("POST", "/branches", body).status_code == 201


@pytest.mark.parametrize(
    ("asked", "query", "fault"),
    [
        (("POST", "/branches", {"branch": {"nam": "x"}}), {}, "no field nam"),
        (("POST", "/branches", {"branch": {"name": 1}}), {}, "is not of type"),
        (("GET", "/branches"), {"limit": 0}, "less than the minimum"),
        (("GET", "/branches"), {"sort": "name"}, "no parameter sort"),
        (("GET", "/connection_uri"), {"database_name": "x"}, "role_name is missing"),
    ],
)
def test_a_request_that_does_not_fit_the_description_is_noticed(
    neon: Neon, ask: Ask, asked: tuple[Any, ...], query: dict[str, Any], fault: str
):
    assert ask(*asked, **query).status_code == 400
    assert any(fault in each for each in neon.unfit())


def test_an_answer_of_its_own_that_does_not_fit_is_noticed_too(
    neon: Neon, ask: Ask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(CALLS, "listSnapshots", lambda *_: (200, {"snapshots": [{"id": "x y"}]}))
    ask("GET", "/snapshots")
    assert any("does not match" in each for each in neon.unfit())
