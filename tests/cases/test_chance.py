"""Pairs made by chance: some on every run, the same ones; many in `make test-all`."""

import os

import pytest

from tests.cases.schema.bench import Bench
from tests.cases.schema.chance import pair_of
from tests.cases.schema.proof import prove

FEW = 3
# VADO_PAIRS=2000 is the long campaign.
MANY = int(os.environ.get("VADO_PAIRS", "150"))


@pytest.mark.parametrize(
    "seed",
    [*range(FEW), *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(FEW, MANY))],
)
def test_chance_changes_are_written_and_run(bench: Bench, seed: int) -> None:
    outcome = prove(bench, pair_of(seed), restore=seed % 10 == 0)

    assert dict(outcome.failures) == {}, outcome.sql
