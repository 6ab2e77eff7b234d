"""Drift: looked for as an operation, and taken into the folder as a migration."""

from typing import Any

from vado.application.comparison import Order, generate_migration
from vado.application.sources import Source
from vado.application.vado import Vado
from vado.environments import Environment
from vado.migrations import find_drift, implied_scripts
from vado.operations import Job, Operation, Request


def start_drift(vado: Vado, environment: Environment) -> Operation:
    """Compare the live schema with what the ledger implies; the result is the report."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return find_drift(environment, job).to_json()

    return vado.start(Request("drift", environment.name), work)


def drift_as_migration(vado: Vado, environment: Environment) -> dict[str, Any]:
    """Return the comparison of the ledger's schema with the live one, and the migration between.

    Raises DriftUnknown where the ledger implies no schema.
    """
    vado.recognise(environment)
    implied = Source("ledger", environment.name, scripts=implied_scripts(environment))
    live = Source("database", environment.name, environment.target)
    return generate_migration(vado, Order(implied, live))
