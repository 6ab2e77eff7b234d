"""What the tests of pairs share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.schema.bench import Bench, bench_on
from vado.database import EmbeddedServer, tools_for


@pytest.fixture(scope="session")
def bench(cluster: EmbeddedServer, programs: Path | None) -> Iterator[Bench]:
    """Databases for pairs, with the programs of the server's own version."""
    folder = programs or tools_for(180000, tls=False).folder
    with bench_on(cluster, folder) as bench:
        yield bench
