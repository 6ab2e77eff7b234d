"""Pairs of schemas: what `vado diff` says of each, and what its script makes of the one.

A sample of the pairs is asked on every run, all of them by `make test-all` on every PostgreSQL.
`python -m tests.cases.schema` prints the same as a table.
"""

import hashlib

import pytest

from tests.cases.schema.bench import Bench
from tests.cases.schema.pair import Pair, pairs
from tests.cases.schema.proof import prove

PAIRS = pairs()
# One in so many belongs to the sample; by name, so that a new pair moves no other.
SHARE = 32


def sampled(pair: Pair) -> bool:
    digest = hashlib.sha256(pair.title.encode()).digest()
    return int.from_bytes(digest[:4], "big") % SHARE == 0


def parameter(pair: Pair) -> object:
    marks = () if sampled(pair) else (pytest.mark.campaign,)
    return pytest.param(pair, id=pair.title, marks=marks)


@pytest.mark.parametrize("pair", [parameter(pair) for pair in PAIRS])
def test_the_migration_makes_one_schema_of_the_other(bench: Bench, pair: Pair) -> None:
    if not bench.can_hold(pair):
        pytest.skip(f"not for this PostgreSQL {bench.major}")

    outcome = prove(bench, pair)

    assert dict(outcome.failures) == {}, outcome.sql


@pytest.mark.campaign
@pytest.mark.parametrize("pair", [pair.reversed() for pair in PAIRS], ids=lambda pair: pair.title)
def test_the_way_back_is_found_too(bench: Bench, pair: Pair) -> None:
    if not bench.can_hold(pair):
        pytest.skip(f"not for this PostgreSQL {bench.major}")

    outcome = prove(bench, pair, restore=False)

    assert dict(outcome.failures) == {}, outcome.sql


def test_enough_pairs_are_there() -> None:
    assert len(PAIRS) >= 350
