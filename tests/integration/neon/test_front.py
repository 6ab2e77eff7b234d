"""Connecting through a proxy like Neon's: TLS, the bound channel, sleeping computes, refusals."""

import threading
import time
from dataclasses import replace

import psycopg
import pytest
from tests.neon_stub.fixtures import Neon

from vado.database import Target, connect, waking
from vado.errors import Cancelled, ConnectionFailed
from vado.settings import Secret

ASLEEP = "Couldn't connect to compute node"


@pytest.fixture(autouse=True)
def hurried_waking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "_FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(waking, "_SLOW_PAUSE_S", 0.01)


def refused(target: Target) -> ConnectionFailed:
    with pytest.raises(ConnectionFailed) as caught, connect(target):
        pass
    return caught.value


def test_the_password_is_proved_on_a_bound_channel(neon: Neon):
    with connect(neon.target()) as session:
        assert session.value("select current_user") == "neondb_owner"
    (arrival,) = neon.arrivals
    assert (arrival.tls, arrival.channel_binding, arrival.let_in) == (True, True, True)


def test_a_suspended_compute_is_woken_by_connecting(neon: Neon):
    neon.suspend()
    assert not neon.running()
    with connect(neon.target()) as session:
        assert session.value("select 1") == 1
    assert neon.running()


@pytest.mark.parametrize(
    "text", [ASLEEP, "Control plane request failed", "Authentication timed out"]
)
def test_a_compute_that_takes_its_time_is_asked_again(neon: Neon, text: str):
    neon.refuse_connections(text, times=3)
    with connect(neon.target()) as session:
        assert session.value("select 1") == 1
    assert [arrival.let_in for arrival in neon.arrivals] == [False, False, False, True]


def test_a_compute_that_never_wakes_is_given_up(neon: Neon):
    neon.refuse_connections(ASLEEP, times=100)
    assert ASLEEP in str(refused(neon.target()))
    assert len(neon.arrivals) == waking.TRIES


@pytest.mark.parametrize(
    "text",
    [
        "endpoint is temporarily unavailable. Check your quotas and/or contact our support.",
        "This IP address 192.0.2.1 is not allowed to connect to this endpoint.",
        "Inconsistent project name inferred from SNI ('a') and project option ('b').",
    ],
)
def test_a_refusal_that_stays_is_not_asked_for_twice(neon: Neon, text: str):
    neon.refuse_connections(text)
    error = refused(neon.target())
    assert text.split(".", maxsplit=1)[0] in str(error)
    assert error.hint
    assert len(neon.arrivals) == 1


def test_a_crowded_proxy_is_asked_once_more(neon: Neon):
    neon.refuse_connections("Failed to acquire permit to connect", times=2)
    refused(neon.target())
    assert len(neon.arrivals) == 2


def test_a_wrong_password_a_disabled_and_an_unknown_compute_are_no_reason_to_wait(neon: Neon):
    target = neon.target()
    wrong = refused(replace(target, password=Secret("wrong")))
    assert "password authentication failed" in str(wrong)
    unknown = {**target.options, "options": "endpoint=ep-none-of-ours"}
    assert "cannot be found" in str(refused(replace(target, options=unknown)))
    neon.endpoint().disabled = True
    assert "is disabled" in str(refused(target))


def test_without_tls_nobody_is_let_in(neon: Neon):
    target = neon.target()
    plain = replace(target, options={**target.options, "sslmode": "disable"})
    assert refused(plain).message
    unbound = {**plain.options, "channel_binding": "prefer"}
    assert "connection is insecure" in str(refused(replace(plain, options=unbound)))
    assert not any(arrival.let_in for arrival in neon.arrivals)


def test_the_certificate_is_checked_where_that_is_asked_for(neon: Neon):
    target = neon.target()
    strict = {**target.options, "sslmode": "verify-full", "sslrootcert": str(neon.certificate)}
    with connect(replace(target, options=strict)) as session:
        assert session.value("select 1") == 1


def test_the_name_of_the_host_leads_to_a_compute_as_at_neon(neon: Neon):
    target = neon.target()
    way = {
        "hostaddr": target.host,
        "port": target.port,
        "user": target.user,
        "password": neon.branch().passwords[target.user],
        "dbname": target.dbname,
        "sslmode": "require",
    }
    host = neon.endpoint().host
    with psycopg.connect(host=host, **way) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert neon.arrivals[-1].sni == host
    with pytest.raises(psycopg.OperationalError, match="Inconsistent project name"):
        psycopg.connect(host=host, options="endpoint=ep-another-1", **way)
    with pytest.raises(psycopg.OperationalError, match="Endpoint ID is not specified"):
        psycopg.connect(host="localhost", **way)


def test_a_statement_is_cancelled_through_the_proxy(neon: Neon):
    with connect(neon.target()) as session:
        timer = threading.Timer(0.2, session.cancel)
        timer.start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            session.run("select pg_sleep(20)")
        assert time.monotonic() - began < 10
        timer.join()


def test_much_goes_through_the_proxy_both_ways(neon: Neon):
    text = "x" * 5_000_000
    with connect(neon.target()) as session:
        assert session.value("select length(%(text)s::text)", text=text) == len(text)
        assert len(session.value("select repeat('y', 5000000)")) == len(text)
