"""`vado env`: the environments of the project."""

from typing import Any

from vado.application import take_back_consent, trust_environment
from vado.cli.call import FORMAT, Call
from vado.cli.marks import class_piece
from vado.cli.questions import agreed, typed
from vado.cli.screen import Piece, bad, bold, good
from vado.environments import Environment, Identity, Trusted, identity_json, known_identity
from vado.errors import Refused, VadoError
from vado.operations import OUT_OF_ORDER


def list(call: Call) -> int:  # noqa: A001 (named as the command is)
    """List the environments, also those whose connection string is missing; never a secret."""
    rows = [_entry(call, definition.name) for definition in call.settings.environments]
    if call.json:
        call.document({"format": FORMAT, "items": [_json(name, e) for name, e in rows]})
        return 0
    if not rows:
        call.out.line(call.words("env.none"))
    call.out.table([_row(call, name, environment) for name, environment in rows], indent=0)
    return 0


def _entry(call: Call, name: str) -> tuple[str, Environment | None]:
    try:
        return name, call.vado.environment(name)
    except VadoError:
        return name, None


def _json(name: str, environment: Environment | None) -> dict[str, Any]:
    if environment is None:
        return {"name": name, "usable": False}
    return {
        "name": name,
        "usable": True,
        "class": environment.environment_class,
        "host": environment.target.host,
        "port": environment.target.port,
        "database": environment.target.dbname,
        "user": environment.target.user,
    }


def _row(call: Call, name: str, environment: Environment | None) -> tuple[Piece, ...]:
    if environment is None:
        return bold(name), bad(call.words("env.unusable")), ""
    return bold(name), class_piece(call, environment.environment_class), environment.target.display


def trust(call: Call) -> int:
    """Accept that an environment leads to another database from now on."""
    call.arguments.environment = call.option("name")
    environment = call.environment
    confirmation = call.option("confirm")
    if confirmation is None and call.may_ask:
        confirmation = _asked(call, environment)
    trusted = trust_environment(call.vado, environment, confirmation)
    if call.json:
        call.document({"format": FORMAT, "environment": environment.name, **_trusted(trusted)})
        return 0
    key = "trust.changed" if trusted.changed else "trust.same" if trusted.before else "trust.first"
    call.out.line(good("✓ "), call.words(key, name=environment.name))
    call.out.facts(
        [
            (call.words("trust.before"), _text(call, trusted.before)),
            (call.words("trust.now"), bold(_text(call, trusted.after))),
        ]
    )
    return 0


def ask_again(call: Call) -> int:
    """Take back that late files may be applied without being asked."""
    call.arguments.environment = call.option("name")
    take_back_consent(call.vado, call.environment, OUT_OF_ORDER)
    if call.json:
        call.document({"format": FORMAT, "environment": call.environment.name, "consents": []})
        return 0
    call.out.line(good("✓ "), call.words("env.asked_again", name=call.environment.name))
    return 0


def _asked(call: Call, environment: Environment) -> str | None:
    words = call.words
    before = known_identity(call.vado.state, environment)
    call.out.facts(
        [
            (words("trust.before"), _text(call, before)),
            (words("trust.now"), bold(environment.target.display)),
        ]
    )
    if environment.policy.confirmation:
        return typed(call, words("question.trust_typed", word=environment.confirmation_word))
    if not agreed(call, words("question.trust", name=environment.name)):
        raise Refused(words("trust.declined"), hint=words("trust.declined.hint"))
    return None


def _trusted(trusted: Trusted) -> dict[str, Any]:
    return {
        "changed": trusted.changed,
        "before": identity_json(trusted.before) if trusted.before else None,
        "after": identity_json(trusted.after),
    }


def _text(call: Call, identity: Identity | None) -> str:
    return identity_json(identity)["text"] if identity else call.words("trust.unknown")
