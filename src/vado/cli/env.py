"""`vado env`: the environments of the project."""

from typing import Any

from vado.cli.call import FORMAT, Call
from vado.cli.marks import class_piece
from vado.cli.screen import Piece, bad, bold
from vado.environments import Environment
from vado.errors import VadoError


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
