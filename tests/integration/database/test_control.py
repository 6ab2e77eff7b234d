"""Vado's own tables in the target: made once, upgraded in order, and never quietly rewritten."""

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import pytest

from vado.database import (
    Identifier,
    Session,
    Target,
    connect,
    control_installed,
    install_control,
    ledger_exists,
    require_consent,
)
from vado.database.control.install import statements
from vado.errors import ConsentRequired, Refused, StatementFailed

SCRIPTS = resources.files("vado.database.control")
EVENT = (
    "insert into vado_control.audit_event (action, outcome, actor, details, hash)"
    " values ('apply', 'intent', %(actor)s, '{\"a\": 1}', '')"
)


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    with connect(database) as session:
        yield session


@pytest.fixture
def control(session: Session) -> Session:
    install_control(session)
    return session


def test_nothing_is_there_before_it_is_installed(session: Session) -> None:
    assert not control_installed(session)
    assert not ledger_exists(session)


def test_installing_twice_is_installing_once(control: Session) -> None:
    before = control.rows("select * from vado.script")

    install_control(control)

    assert control.rows("select * from vado.script") == before
    assert control_installed(control)
    assert ledger_exists(control)


def test_two_first_starts_at_once_both_succeed(database: Target) -> None:
    together = threading.Barrier(4)

    def install() -> bool:
        with connect(database) as session:
            together.wait()
            install_control(session)
            return control_installed(session)

    with ThreadPoolExecutor(4) as pool:
        assert [f.result() for f in [pool.submit(install) for _ in range(4)]] == [True] * 4


def test_a_failing_script_leaves_nothing(session: Session) -> None:
    session.run("create schema vado_control")

    with pytest.raises(StatementFailed, match="already exists"):
        install_control(session)

    assert not ledger_exists(session)


def test_backups_recorded_by_an_earlier_vado_stay_and_new_states_may_come(session: Session) -> None:
    install_control(session)
    for statement in (
        "drop schema vado_control cascade",
        *statements((SCRIPTS / "vado_control" / "001_records.sql").read_text(encoding="utf-8")),
        "insert into vado_control.script (number) values (1)",
    ):
        session.run(statement)
    session.run(
        "insert into vado_control.backup (id, state, reason, environment, database, created_at)"
        " values ('bk_1', 'proven', 'manual', 'shop', 'shop', now())"
    )
    assert not control_installed(session)

    install_control(session)

    assert control_installed(session)
    session.run("update vado_control.backup set state = 'deleted', reason = 'scheduled'")
    assert session.value("select kind from vado_control.backup") == "dump"
    with pytest.raises(StatementFailed):
        session.run("update vado_control.backup set state = 'lost'")


@pytest.mark.parametrize("schema", ["vado", "vado_control"])
def test_what_a_newer_vado_wrote_is_left_alone(control: Session, schema: str) -> None:
    script = {"script": Identifier(schema, "script")}
    control.execute("insert into {script} (number) values (9999)", identifiers=script)

    with pytest.raises(Refused, match="newer Vado"):
        install_control(control)
    with pytest.raises(Refused, match="newer Vado"):
        require_consent(control, consent=True)


def test_consent_is_asked_before_anything_is_created(session: Session) -> None:
    with pytest.raises(ConsentRequired) as caught:
        require_consent(session, consent=False)

    assert caught.value.details == {"schemas": ["vado", "vado_control"]}
    require_consent(session, consent=True)
    assert not ledger_exists(session)


def test_consent_is_asked_once(control: Session) -> None:
    require_consent(control, consent=False)


@pytest.mark.parametrize(
    "statement",
    [
        "update vado_control.audit_event set actor = 'x'",
        "update vado_control.audit_event set actor = 'x' where false",
        "delete from vado_control.audit_event",
        "truncate vado_control.audit_event",
    ],
)
@pytest.mark.parametrize("replica", [False, True])
def test_the_audit_log_only_grows(control: Session, statement: str, replica: bool) -> None:  # noqa: FBT001
    control.execute(EVENT, actor="me")
    if replica:
        control.run("set session_replication_role = replica")

    with pytest.raises(StatementFailed, match="append-only"):
        control.run(statement)

    assert control.value("select count(*) from vado_control.audit_event") == 1


def chain(session: Session) -> list[tuple[str | None, str, str]]:
    rows = session.rows(
        "select previous_hash, hash, concat_ws(E'\\x1f', id::text, coalesce(previous_hash, ''),"
        " extract(epoch from at)::text, action, outcome, actor, db_user,"
        " coalesce(operation_id, ''), coalesce(subject, ''), details::text) as text"
        " from vado_control.audit_event order by id"
    )
    return [
        (row["previous_hash"], row["hash"], hashlib.sha256(row["text"].encode()).hexdigest())
        for row in rows
    ]


def test_each_event_carries_the_hash_of_the_one_before(control: Session) -> None:
    for actor in ("a", "é'漢", "c"):
        control.execute(EVENT, actor=actor)

    previous = None
    for before, written, expected in chain(control):
        assert before == previous
        assert written == expected
        previous = written


def test_writers_at_once_make_one_chain(control: Session, database: Target) -> None:
    together = threading.Barrier(4)

    def write(actor: str) -> None:
        with connect(database) as session:
            together.wait()
            for _ in range(10):
                session.execute(EVENT, actor=actor)

    with ThreadPoolExecutor(4) as pool:
        for result in [pool.submit(write, name) for name in "abcd"]:
            result.result()

    events = chain(control)
    assert len(events) == 40
    assert [before for before, _, _ in events[1:]] == [written for _, written, _ in events[:-1]]


def test_the_ledger_refuses_what_cannot_be(control: Session) -> None:
    def insert(**changed: object) -> None:
        row = {"version": 1, "state": "applied", "total": 2, "done": 2} | changed
        control.execute(
            "insert into vado.migration (version, name, checksum, sql_text, state,"
            " statements_total, statements_done, started_at, os_user, host, tool_version,"
            " operation_id, plan_digest) values (%(version)s, 'n', 'c', '', %(state)s, %(total)s,"
            " %(done)s, now(), 'u', 'h', 'v', 'o', 'd')",
            **row,
        )

    insert()
    for wrong in (
        {"version": 1},
        {"version": -1},
        {"version": 1.5},
        {"version": 2, "state": "dirty"},
        {"version": 2, "done": 1},
        {"version": 2, "done": 3},
    ):
        with pytest.raises(StatementFailed) as caught:
            insert(**wrong)
        assert str(caught.value.details["sqlstate"]).startswith("23")
