"""Connections, client tools, embedded servers: the only room that knows the driver."""

from vado.database.connect import connect, open_session
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
    "load_queries",
    "open_session",
    "parse_url",
    "password_file",
    "target_from_variables",
]
