"""Vado's own schemas in the target: numbered scripts, run once each, in order."""

import re
from functools import cache
from importlib import resources

from vado.database.asking import Question
from vado.database.inquiry import Inquiry, ask
from vado.database.placeholders import Identifier
from vado.database.queries import load_queries
from vado.database.session import Session
from vado.errors import ConsentRequired, Refused

# Held by whoever changes a database through Vado. Any number does, as long as every Vado takes the
# same: "vado" in ASCII, then 1.
MIGRATION_LOCK = 0x7661646F_00000001
_SCHEMAS = ("vado", "vado_control")
_QUERIES = load_queries("vado.database.control")
_BODY = re.compile(r"\$\$.*?\$\$", re.DOTALL)


def control_installed(session: Session) -> bool:
    """Say whether Vado's schemas exist in the target, in the version this Vado needs."""
    return ask(session, control_asked())


def control_asked() -> Inquiry[bool]:
    """Find out whether Vado's schemas exist in the target, in the version this Vado needs."""
    found = yield from _versions()
    return all(found[schema] == _newest(schema) for schema in _SCHEMAS)


def ledger_exists(session: Session) -> bool:
    """Say whether the ledger exists at all."""
    return ask(session, ledger_asked())


def ledger_asked() -> Inquiry[bool]:
    """Find out whether the ledger exists at all."""
    answers = yield [_existing("vado")]
    return bool(next(answers).rows())


def records_asked() -> Inquiry[bool]:
    """Find out whether the records of what was done exist at all."""
    answers = yield [_existing("vado_control")]
    return bool(next(answers).rows())


def prepare_control(session: Session, *, consent: bool) -> None:
    """Create or upgrade Vado's schemas where they are not as they should be, if that is allowed."""
    if require_consent(session, consent=consent):
        install_control(session)


def require_consent(session: Session, *, consent: bool) -> list[str]:
    """Refuse to create Vado's schemas in a database where the user did not allow it.

    Returns the schemas that are to be created or upgraded.
    """
    found = ask(session, _versions())
    for schema, version in found.items():
        _refuse_newer(session, schema, version)
    missing = [schema for schema, version in found.items() if version < _newest(schema)]
    if missing and not consent:
        what = "schemas" if not any(found.values()) else "schemas of the version it needs"
        raise ConsentRequired(
            f"Vado has no {what} in {session.target.dbname} yet",
            hint=f"Allow it to create {' and '.join(missing)} with --yes.",
            details={"schemas": missing},
        )
    return missing


def _refuse_newer(session: Session, schema: str, version: int) -> None:
    if version > _newest(schema):
        raise Refused(
            f"schema {schema} in {session.target.dbname} was written by a newer Vado",
            hint="Use that version of Vado, or a newer one.",
        )


def install_control(session: Session) -> None:
    """Create or upgrade Vado's schemas; does nothing where they are as they should be."""
    if control_installed(session):
        return
    with session.transaction():
        # Two first starts at once: the second waits here and then finds nothing to do.
        session.execute(_QUERIES["lock"])
        for schema in _SCHEMAS:
            _upgrade(session, schema)


def _existing(*schemas: str) -> Question:
    return Question(_QUERIES["existing"], {"schemas": list(schemas)})


def _versions(*schemas: str) -> Inquiry[dict[str, int]]:
    """Find out the versions of Vado's schemas, 0 where there is none."""
    answers = yield [_existing(*(schemas or _SCHEMAS))]
    existing = [row["schema"] for row in next(answers).rows()]
    answers = yield [
        Question(_QUERIES["version"], identifiers={"scripts": Identifier(schema, "script")})
        for schema in existing
    ]
    found = {schema: next(answers).value() for schema in existing}
    return {schema: found.get(schema, 0) for schema in schemas or _SCHEMAS}


def _upgrade(session: Session, schema: str) -> None:
    current = ask(session, _versions(schema))[schema]
    _refuse_newer(session, schema, current)
    for number, text in _scripts(schema):
        if number > current:
            for statement in statements(text):
                session.run(statement)
            session.execute(
                _QUERIES["record"],
                identifiers={"scripts": Identifier(schema, "script")},
                number=number,
            )


def _newest(schema: str) -> int:
    return max(number for number, _ in _scripts(schema))


@cache
def _scripts(schema: str) -> tuple[tuple[int, str], ...]:
    folder = resources.files("vado.database.control") / schema
    return tuple(
        sorted(
            (int(file.name.split("_")[0]), file.read_text(encoding="utf-8"))
            for file in folder.iterdir()
            if file.name.endswith(".sql")
        )
    )


def statements(text: str) -> list[str]:
    """Split one of Vado's own scripts, which end each statement with `;` at a line's end."""
    bodies: list[str] = []

    def keep(match: re.Match[str]) -> str:
        bodies.append(match[0])
        return f"$body{len(bodies) - 1}$"

    parts = re.split(r";[ ]*$", _BODY.sub(keep, text), flags=re.MULTILINE)
    return [
        re.sub(r"\$body(\d+)\$", lambda m: bodies[int(m[1])], part).strip()
        for part in parts
        if re.sub(r"--[^\n]*", "", part).strip()
    ]
