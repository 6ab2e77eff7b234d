"""Keeping event triggers still while a database is made anew.

They answer to what people do in it: one that refuses DDL would refuse the restore, one that logs it
would make the copy another one than the backup. Where the role may not say so they speak.
"""

from contextlib import suppress

from vado.database import Session, Target, at_neon, connect, load_queries
from vado.environments import endpoint_of
from vado.errors import StatementFailed

_QUERIES = load_queries("vado.backups")


def keep_still(session: Session) -> None:
    """Keep them still in this session, which is in no transaction."""
    with suppress(StatementFailed):
        session.row(_QUERIES["keep_still"])


def speak_again(session: Session) -> None:
    """Take that back, also within a transaction: triggers of Vado's own tables listen to it."""
    if session.value(_QUERIES["is_still"]):
        session.row(_QUERIES["speak_again"])


def still(target: Target) -> dict[str, str]:
    """Return what the environment of a tool needs for them to keep still."""
    # Neon's proxy refuses settings at the start of a connection.
    if at_neon(target) or endpoint_of(target) is not None:
        return {}
    try:
        with connect(target, application_name="vado restore") as session:
            setting = session.row(_QUERIES["keep_still"]) or {}
    except StatementFailed:
        return {}
    options = target.options.get("options", "")
    return {"PGOPTIONS": f"{options} -c {setting['name']}={setting['value']}".lstrip()}
