"""Running migrations from the first one on an empty database, to see which schema they make."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from vado.environments import Environment
from vado.errors import Cancelled, RehearsalImpossible, VadoError
from vado.operations import Job
from vado.preview import limits
from vado.preview.copies import (
    Copy,
    Original,
    embedded_empty,
    read_original,
    scratch_empty,
    with_power_of_restore,
)
from vado.preview.plan import Limit, Place, PlannedMigration
from vado.preview.run import run_plan
from vado.schema import Catalogue, read_catalogue

# What the embedded server lacks and the target's own may have: extensions, mostly.
_NOT_HERE = frozenset({"0A000", "58P01"})
_Maker = Callable[[Original, Job], AbstractContextManager[Copy]]


@dataclass(frozen=True, slots=True)
class Replay:
    """What the migrations made of an empty database; `catalogue` is None when one failed.

    `error` has version, line, column, sqlstate, message, hint.
    """

    place: Place
    server_version: int
    catalogue: Catalogue | None
    limits: tuple[Limit, ...]
    error: dict[str, Any] | None
    duration_ms: int


def replay(
    environment: Environment,
    migrations: Sequence[PlannedMigration],
    job: Job,
    *,
    dumped: int = 0,
    place: Place | None = None,
) -> Replay:
    """Run *migrations* on an empty database: at *place*, or embedded, else beside the target.

    The first *dumped* of them were dumped from the target, and are run with the power of a restore.
    Raises RehearsalImpossible when no empty database can be had.
    """
    original = read_original(environment, job)
    known = tuple(_without_known_roles(m, original.roles) for m in migrations)
    seen: list[Limit] = []
    places: tuple[tuple[Place, _Maker, Callable[[str], Limit]], ...] = (
        ("embedded", embedded_empty, limits.embedded_not_possible),
        ("scratch", scratch_empty, limits.scratch_not_possible),
    )
    done: Replay | None = None
    for name, maker, not_possible in places:
        if place not in {None, name}:
            continue
        try:
            with maker(original, job) as copy:
                found = _run(copy, (known[:dumped], known[dumped:]), seen, job)
        except Cancelled:
            raise
        except VadoError as error:
            seen.append(not_possible(str(error.details.get("reason") or error.message)))
            continue
        if found.error is None or found.error["sqlstate"] not in _NOT_HERE:
            return found
        done = done or found
        seen.append(not_possible(str(found.error["message"])))
    if done is None:
        raise RehearsalImpossible(
            f"the migrations cannot be run anywhere: {seen[-1].message}",
            hint="Give the role CREATEDB, so that a scratch database can be made.",
        )
    return done


def _without_known_roles(migration: PlannedMigration, roles: Sequence[str]) -> PlannedMigration:
    """Leave out `create role` for roles that are there: they belong to the server."""
    script = migration.script
    kept = tuple(
        s
        for s in script.statements
        if s.kind != "create_role_stmt" or s.node.text("role") not in roles
    )
    return replace(migration, script=replace(script, statements=kept))


def _run(
    copy: Copy, parts: tuple[Sequence[PlannedMigration], ...], seen: Sequence[Limit], job: Job
) -> Replay:
    begun = time.perf_counter()
    dumped, written = parts
    with with_power_of_restore(copy) as powerful:
        results = [run_plan(powerful, dumped, job)]
    if results[0].error is None:
        results.append(run_plan(copy, written, job))
    error = results[-1].error
    spent = round((time.perf_counter() - begun) * 1000)
    return Replay(
        place=copy.place,
        server_version=copy.session.server_version,
        catalogue=read_catalogue(copy.session) if error is None else None,
        limits=(*seen, *copy.limits, *(limit for result in results for limit in result.limits)),
        error=error,
        duration_ms=spent,
    )
