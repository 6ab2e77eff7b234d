"""Never the wrong database: each environment is known again by what it was at its first use.

A variable that was changed, a tunnel that leads elsewhere, a server that was set up anew, a copy of
production that has the same names: all of them are noticed before anything is changed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vado.database import Session, Target
from vado.environments.environment import Environment
from vado.environments.identity import Identity, read_identity
from vado.errors import ConfirmationRequired, WrongDatabase
from vado.operations import State, now


@dataclass(frozen=True, slots=True)
class Trusted:
    """What an environment was known as before (None: it was not), and what it is known as now."""

    before: Identity | None
    after: Identity

    @property
    def changed(self) -> bool:
        """Whether it leads to another database than before."""
        return self.before is not None and bool(differences(self.before, self.after))


def recognise(state: State, environment: Environment, session: Session) -> None:
    """Raise WrongDatabase when *session* is in another database than the environment's.

    At the first use there is nothing to compare with; what is found is remembered. Also when it is
    the right one and the role may now read what it could not before.
    """
    found = read_identity(session)
    expected = known_identity(state, environment)
    if expected is not None and (differing := differences(expected, found)):
        raise _wrong(environment, expected, found, differing)
    if expected is None or (expected.system_identifier is None and found.system_identifier):
        _remember(state, environment, found)


def trust(
    state: State, environment: Environment, session: Session, confirmation: str | None
) -> Trusted:
    """Know the environment as the database of *session* from now on.

    ConfirmationRequired on production, unless the environment's name was typed.
    """
    trusted = Trusted(known_identity(state, environment), read_identity(session))
    word = environment.confirmation_word
    if environment.policy.confirmation and (confirmation or "").strip() != word:
        raise ConfirmationRequired(
            f"environment {environment.name} is {environment.environment_class}: "
            "another database in its place has to be confirmed",
            hint=f"Type the name {word} (--confirm {word}).",
            details={"word": word, **_details(trusted.before, trusted.after)},
        )
    _remember(state, environment, trusted.after)
    return trusted


def known_identity(state: State, environment: Environment) -> Identity | None:
    """Return what the environment is known as on this machine; None before its first use."""
    row = state.row("known_target", key=_key(environment))
    if row is None:
        return None
    return Identity(row["system_identifier"], row["host"], row["port"], row["database"])


def _remember(state: State, environment: Environment, found: Identity) -> None:
    state.execute(
        "remember_target",
        key=_key(environment),
        environment=environment.name,
        system_identifier=found.system_identifier,
        host=found.host,
        port=found.port,
        database=found.database,
        seen_at=now(),
    )


def _key(environment: Environment) -> str:
    """Return what it is known by: name and project, or the address for a bare URL."""
    if environment.named:
        return json.dumps(["name", str(environment.project_folder.resolve()), environment.name])
    target = environment.target
    return json.dumps(["address", target.host, target.port, target.dbname])


def differences(expected: Identity, found: Identity) -> list[str]:
    """Return what is not the same: server, host, database.

    A server is known by its system identifier. A copy made from its files has the same one, so its
    host counts as well, but for this machine, which has many names. Where the identifier is not
    known, host and port must be those of the first use.
    """
    compared = expected.system_identifier and found.system_identifier
    differing = []
    if compared and expected.system_identifier != found.system_identifier:
        differing.append("server")
    if not (_same_host(expected, found) if compared else _same_address(expected, found)):
        differing.append("host")
    if expected.database != found.database:
        differing.append("database")
    return differing


def _same_host(one: Identity, other: Identity) -> bool:
    return (_here(one) and _here(other)) or one.host.lower() == other.host.lower()


def _here(identity: Identity) -> bool:
    return Target(identity.host, identity.port, identity.database, user="").local


def _same_address(one: Identity, other: Identity) -> bool:
    return (one.host.lower(), one.port) == (other.host.lower(), other.port)


def _wrong(
    environment: Environment, expected: Identity, found: Identity, differing: list[str]
) -> WrongDatabase:
    return WrongDatabase(
        f"environment {environment.name} leads to another database: "
        f"expected {described(expected)}, found {described(found)}",
        hint=f"Correct its connection string; if it is meant, `vado env trust {environment.name}`.",
        details={
            "environment": environment.name,
            "differs": differing,
            **_details(expected, found),
        },
    )


def _details(expected: Identity | None, found: Identity) -> dict[str, Any]:
    return {
        "expected": None if expected is None else identity_json(expected),
        "found": identity_json(found),
    }


def identity_json(identity: Identity) -> Mapping[str, Any]:
    """Return it as plain data, with a text to show."""
    return {
        "host": identity.host,
        "port": identity.port,
        "database": identity.database,
        "system_identifier": identity.system_identifier,
        "text": described(identity),
    }


def described(identity: Identity) -> str:
    """Return it in no language: `db.example.com:5432/shop (system_identifier 73...)`."""
    host = f"[{identity.host}]" if ":" in identity.host else identity.host
    system = identity.system_identifier
    server = f" (system_identifier {system})" if system else ""
    return f"{host}:{identity.port}/{identity.database}{server}"
