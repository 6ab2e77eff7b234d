"""The environments, the state of a database, and what the screens need beside them."""

from typing import Literal

from fastapi import APIRouter

from vado import __version__
from vado.api import environment_models, screen_models, status_models
from vado.api.context import PROBLEMS, TheEnvironment, TheVado
from vado.application import (
    choose_preferences,
    status,
    take_back_consent,
    tools_in_use,
    trust_environment,
)
from vado.environments import Environment, identity_json
from vado.operations import read_consents

router = APIRouter(prefix="/api", tags=["database"], responses=PROBLEMS)


@router.get("/environments")
def environments(vado: TheVado) -> environment_models.Environments:
    """List the environments, without secrets."""
    found = [_json(environment) for environment in vado.environments().values()]
    return environment_models.Environments(items=found)


def _json(environment: Environment) -> environment_models.Environment:
    target = environment.target
    return environment_models.Environment.model_validate(
        {
            "name": environment.name,
            "class": environment.environment_class,
            "host": target.host,
            "port": target.port,
            "database": target.dbname,
            "user": target.user,
            "tls": environment.tls,
            "neon": environment.neon is not None,
            "confirmation_word": environment.confirmation_word,
            "policy": environment.policy.to_json(),
        }
    )


@router.post("/environments/{name}/trust")
def trusted(name: str, body: environment_models.Trust, vado: TheVado) -> environment_models.Trusted:
    """Accept that an environment leads to another database from now on."""
    found = trust_environment(vado, vado.environment(name), body.confirmation)
    return environment_models.Trusted.model_validate(
        {
            "environment": name,
            "changed": found.changed,
            "before": identity_json(found.before) if found.before else None,
            "after": identity_json(found.after),
        }
    )


@router.get("/environments/{name}/consents")
def consents(name: str, vado: TheVado) -> environment_models.Consents:
    """List what was agreed to once for the database of an environment."""
    with vado.environment(name).session(read_only=True) as session:
        found = [consent.to_json() for consent in read_consents(session)]
    return environment_models.Consents.model_validate({"items": found})


@router.delete("/environments/{name}/consents/{kind}", status_code=204)
def consent_taken_back(name: str, kind: Literal["out-of-order"], vado: TheVado) -> None:
    """Have it asked for again."""
    take_back_consent(vado, vado.environment(name), kind)


@router.get("/status")
def state(
    vado: TheVado, environment: TheEnvironment, *, drift: bool = False
) -> status_models.Status:
    """Return the state of the database."""
    return status_models.Status.model_validate(status(vado, environment, drift=drift))


@router.get("/preferences")
def preferences(vado: TheVado) -> screen_models.Preferences:
    """Return what the user chose for the screens."""
    known = screen_models.Preferences.model_fields
    kept = {k: v for k, v in vado.state.preferences().items() if k in known}
    return screen_models.Preferences.model_validate(kept)


@router.put("/preferences")
def chosen(body: screen_models.Preferences, vado: TheVado) -> screen_models.Preferences:
    """Keep what the user chose for the screens."""
    choose_preferences(vado, body.model_dump())
    return body


@router.get("/about")
def about() -> screen_models.About:
    """Return the version of Vado, and the client tools of this machine."""
    tools = [screen_models.Tools.model_validate(found) for found in tools_in_use()]
    return screen_models.About(version=__version__, tools=tools)
