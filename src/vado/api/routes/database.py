"""The environments, the state of a database, and what the screens need beside them."""

from typing import Literal

from fastapi import APIRouter

from vado import __version__
from vado.api import models
from vado.api.context import PROBLEMS, TheEnvironment, TheVado
from vado.application import status, take_back_consent, trust_environment
from vado.database import find_tools
from vado.environments import Environment, identity_json
from vado.operations import read_consents

router = APIRouter(prefix="/api", tags=["database"], responses=PROBLEMS)


@router.get("/environments")
def environments(vado: TheVado) -> models.Environments:
    """List the environments, without secrets."""
    found = [_json(environment) for environment in vado.environments().values()]
    return models.Environments(items=found)


def _json(environment: Environment) -> models.Environment:
    target = environment.target
    return models.Environment.model_validate(
        {
            "name": environment.name,
            "class": environment.environment_class,
            "host": target.host,
            "port": target.port,
            "database": target.dbname,
            "user": target.user,
            "tls": environment.tls,
            "confirmation_word": environment.confirmation_word,
            "policy": environment.policy.to_json(),
        }
    )


@router.post("/environments/{name}/trust")
def trusted(name: str, body: models.Trust, vado: TheVado) -> models.Trusted:
    """Accept that an environment leads to another database from now on."""
    found = trust_environment(vado, vado.environment(name), body.confirmation)
    return models.Trusted.model_validate(
        {
            "environment": name,
            "changed": found.changed,
            "before": identity_json(found.before) if found.before else None,
            "after": identity_json(found.after),
        }
    )


@router.get("/environments/{name}/consents")
def consents(name: str, vado: TheVado) -> models.Consents:
    """List what was agreed to once for the database of an environment."""
    with vado.environment(name).session(read_only=True) as session:
        found = [consent.to_json() for consent in read_consents(session)]
    return models.Consents.model_validate({"items": found})


@router.delete("/environments/{name}/consents/{kind}", status_code=204)
def consent_taken_back(name: str, kind: Literal["out-of-order"], vado: TheVado) -> None:
    """Have it asked for again."""
    take_back_consent(vado, vado.environment(name), kind)


@router.get("/status")
def state(vado: TheVado, environment: TheEnvironment, *, drift: bool = False) -> models.Status:
    """Return the state of the database."""
    return models.Status.model_validate(status(vado, environment, drift=drift))


@router.get("/preferences")
def preferences(vado: TheVado) -> models.Preferences:
    """Return what the user chose for the screens."""
    known = models.Preferences.model_fields
    kept = {k: v for k, v in vado.state.preferences().items() if k in known}
    return models.Preferences.model_validate(kept)


@router.put("/preferences")
def chosen(body: models.Preferences, vado: TheVado) -> models.Preferences:
    """Keep what the user chose for the screens."""
    vado.state.set_preferences(body.model_dump())
    return body


@router.get("/about")
def about() -> models.About:
    """Return the version of Vado and of the newest client tools."""
    found = max(find_tools(), key=lambda tools: (tools.version, tools.tls), default=None)
    if found is None:
        return models.About(version=__version__, tools=None)
    version = ".".join(str(part) for part in found.version)
    tools = models.Tools(version=version, folder=str(found.folder), tls=found.tls)
    return models.About(version=__version__, tools=tools)
