"""Connections, client tools, embedded servers: the only room that knows the driver."""

from vado.database.connect import connect, open_session
from vado.database.control import (
    control_installed,
    install_control,
    ledger_exists,
    require_consent,
)
from vado.database.queries import load_queries
from vado.database.session import Identifier, Notice, Row, Session, StatementResult, Step
from vado.database.url import Target, parse_url, password_file, target_from_variables

__all__ = [
    "Identifier",
    "Notice",
    "Row",
    "Session",
    "StatementResult",
    "Step",
    "Target",
    "connect",
    "control_installed",
    "install_control",
    "ledger_exists",
    "load_queries",
    "open_session",
    "parse_url",
    "password_file",
    "require_consent",
    "target_from_variables",
]
