"""Adoption runs as an operation; its result is the report, also when it was refused."""

from dataclasses import replace

from vado.application.vado import Vado
from vado.environments import Environment
from vado.migrations import AdoptRequest, adopt_project
from vado.operations import Job, Operation, Request


def start_adopt(vado: Vado, environment: Environment, request: AdoptRequest) -> Operation:
    """Adopt a project of another tool, or only look at it."""
    asked = replace(request, folder=vado.settings.project_folder / request.folder)

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return adopt_project(environment, asked, job)

    return vado.start(Request("adopt", environment.name, request.tool), work)
