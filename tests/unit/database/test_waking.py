"""Which answers of a server that sleeps are worth another try, and for how long."""

import pytest

from vado.database import Target
from vado.database.waking import TRIES, hint_for, pause_before_next_s

NEON = Target("ep-cool-sun-1.eu-central-1.aws.neon.tech", 5432, "shop", "owner")
OTHER = Target("db.example.org", 5432, "shop", "owner")

ASLEEP = [
    "ERROR:  Couldn't connect to compute node",
    "ERROR:  Control plane request failed",
    "ERROR:  Authentication timed out",
]
IN_VAIN = [
    'FATAL:  password authentication failed for user "owner"',
    "ERROR:  The endpoint is disabled. Enable it using Neon API and retry.",
    "ERROR:  Your endpoint is temporarily unavailable. Check your quotas and/or contact support.",
    "ERROR:  This IP address 203.0.113.9 is not allowed to connect to this endpoint.",
    "ERROR:  connection is insecure (try using `sslmode=require`)",
    'ERROR:  Inconsistent project name inferred from SNI ("ep-a") and option ("ep-b").',
]


@pytest.mark.parametrize("reason", ASLEEP)
@pytest.mark.parametrize("target", [NEON, OTHER])
def test_a_compute_that_is_not_up_yet_is_asked_again(reason: str, target: Target) -> None:
    pauses = [pause_before_next_s(n, reason, target) for n in range(1, TRIES + 1)]

    assert all(pauses[:-1])
    assert pauses[-1] is None
    assert sum(pause or 0 for pause in pauses) < 60


@pytest.mark.parametrize("reason", IN_VAIN)
def test_what_stays_as_it_is_is_not_asked_again(reason: str) -> None:
    assert pause_before_next_s(1, reason, NEON) is None


IN_BETWEEN = [
    'server certificate for "db.example" does not match host name "ep-a.eu.aws.neon.tech"',
    "SSL error: certificate verify failed: self-signed certificate",
    "channel binding is required, but server did not offer an authentication method",
]


@pytest.mark.parametrize("reason", IN_BETWEEN)
def test_somebody_in_between_is_not_asked_again_and_named(reason: str) -> None:
    assert pause_before_next_s(1, reason, NEON) is None
    assert "in between" in str(hint_for(reason))


@pytest.mark.parametrize("reason", IN_VAIN[1:] + ASLEEP)
def test_what_neon_says_has_a_hint_of_its_own(reason: str) -> None:
    assert hint_for(reason)


def test_a_refused_connection_is_tried_again_only_at_neon() -> None:
    reason = "connection to server at 10.0.0.1 failed: Connection refused"

    assert pause_before_next_s(1, reason, NEON)
    assert pause_before_next_s(1, reason, OTHER) is None


def test_a_crowd_is_waited_for_once() -> None:
    reason = "ERROR:  Failed to acquire permit to connect to the database. Too many database ..."

    assert pause_before_next_s(1, reason, NEON)
    assert pause_before_next_s(2, reason, NEON) is None
