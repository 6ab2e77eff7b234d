"""A comparison as an operation, for the page: both sides are named, never given as text."""

from dataclasses import dataclass
from typing import Any, Literal

from vado.application.comparison import Order, generate_migration
from vado.application.sources import Source, backup_source
from vado.application.vado import Vado
from vado.environments import Environment
from vado.operations import Job, Operation, Request


@dataclass(frozen=True, slots=True)
class Side:
    """The other side: an environment, the migrations folder of one, or a backup's id."""

    kind: Literal["environment", "migrations", "backup"]
    name: str


def start_comparison(
    vado: Vado,
    environment: Environment,
    to: Side,
    renames: tuple[str, ...] = (),
    *,
    safe: bool = False,
) -> Operation:
    """Compare the environment with *to*; the result is the comparison, its DDL and its SQL.

    Raises NotFound when there is no such environment or backup.
    """
    here = Source("database", environment.name, environment.target)
    order = Order(here, _source(vado, environment, to), safe=safe, renames=renames, ddl=True)

    def work(job: Job) -> dict[str, Any]:
        vado.recognise(environment)
        job.step("compare")
        return generate_migration(vado, order)

    return vado.start(Request("comparison", environment.name, subject=to.name), work)


def _source(vado: Vado, environment: Environment, to: Side) -> Source:
    if to.kind == "backup":
        return backup_source(environment, to.name)
    other = vado.environment(to.name)
    if to.kind == "migrations":
        return Source("folder", to.name, path=other.migrations_folder)
    return Source("database", to.name, other.target)
