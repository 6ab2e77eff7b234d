"""What holds for an environment until it is taken back: its database, and what was agreed to."""

from vado.application.vado import Vado
from vado.environments import Environment, Trusted, identity_json, trust
from vado.errors import VadoError
from vado.operations import Entry, Request, record_audit, take_back


def trust_environment(vado: Vado, environment: Environment, confirmation: str | None) -> Trusted:
    """Know the environment as the database it leads to now; ConfirmationRequired on production.

    What it was and what it is now is written into the audit log, a refusal as well.
    """
    asked = Request("env_trust", environment.name, environment.target.dbname)
    try:
        with environment.session(read_only=True) as session:
            trusted = trust(vado.state, environment, session, confirmation)
    except VadoError as error:
        vado.refused(asked, error)
        raise
    before = identity_json(trusted.before) if trusted.before else None
    record_audit(
        vado.state,
        Entry(
            asked.kind,
            "succeeded",
            asked.environment,
            subject=asked.subject,
            details={"before": before, "after": identity_json(trusted.after)},
        ),
    )
    return trusted


def take_back_consent(vado: Vado, environment: Environment, kind: str) -> None:
    """Have *kind* asked for again; NotFound when it was not agreed to."""
    asked = Request("consent", environment.name, kind)
    vado.recognise(environment)
    with environment.session() as session:
        take_back(session, kind)
    record_audit(
        vado.state,
        Entry(
            asked.kind,
            "succeeded",
            asked.environment,
            subject=kind,
            details={"agreed": False},
        ),
    )
