import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.neon_stub.fixtures import Neon, neon, neon_cloud

from vado.database import Target
from vado.environments import Environment
from vado.neon import Pace, transport
from vado.operations import Job

__all__ = ["job", "live", "neon", "neon_cloud"]

_numbers = itertools.count(1)


class _Nobody:
    def progressed(self, job_id: str, progress: dict[str, object]) -> None: ...

    def logged(self, job_id: str, message: str, said: object = None) -> None: ...


@pytest.fixture
def job() -> Job:
    return Job(f"op_{next(_numbers):016x}", _Nobody())


@pytest.fixture
def live(neon: Neon, tmp_path: Path) -> Callable[..., Environment]:
    """The environment of a branch of the stand-in."""

    def environment(branch: str = "main", target: Target | None = None) -> Environment:
        return Environment(
            name="live",
            environment_class="development",
            target=target or neon.target(branch),
            migrations_folder=tmp_path / "migrations",
            state_folder=tmp_path / "state",
            named=True,
            neon=neon.settings,
        )

    return environment


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a minute for a stand-in."""
    quick = Pace(
        answer_s=20,
        first_s=0.02,
        longest_s=0.2,
        busy_s=3,
        lost_s=0.6,
        poll_s=0.1,
        settle_s=0.5,
        operations_s=20,
    )
    monkeypatch.setattr(transport, "USUAL", quick)
