"""Drift, looked for as an operation."""

from vado.application.vado import Vado
from vado.environments import Environment
from vado.migrations import find_drift
from vado.operations import Job, Operation, Request


def start_drift(vado: Vado, environment: Environment) -> Operation:
    """Compare the live schema with what the ledger implies; the result is the report."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return find_drift(environment, job).to_json()

    return vado.start(Request("drift", environment.name), work)
