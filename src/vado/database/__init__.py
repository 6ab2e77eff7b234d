"""Connections, client tools, embedded servers: the only room that knows the driver."""

from vado.database.asking import Answer, Question, Row
from vado.database.batch import BatchFailed, Step
from vado.database.connect import connect, open_session
from vado.database.control import (
    MIGRATION_LOCK,
    control_asked,
    control_installed,
    install_control,
    ledger_asked,
    ledger_exists,
    prepare_control,
    records_asked,
    require_consent,
)
from vado.database.embedded import (
    SCRATCH_SETTINGS,
    EmbeddedServer,
    shared_server,
    start_server,
    stop_shared_server,
)
from vado.database.fetch import install_tools
from vado.database.home import cache_folder, remove_home
from vado.database.inquiry import Inquiry, ask, gather
from vado.database.kept import keeping_sessions, lent_session, let_sessions_go
from vado.database.launcher import launch, stop_group
from vado.database.placeholders import Identifier, Placeholders, PrintedExpression, QuotedText
from vado.database.queries import load_queries
from vado.database.results import Notice, StatementResult
from vado.database.safety import restore_steps
from vado.database.session import Session, within
from vado.database.tools import ClientTools, find_tools, server_bin_folder, tools_for
from vado.database.url import Target, parse_url, password_file, target_from_variables
from vado.database.waking import at_neon, told_while_waking

__all__ = [
    "MIGRATION_LOCK",
    "SCRATCH_SETTINGS",
    "Answer",
    "BatchFailed",
    "ClientTools",
    "EmbeddedServer",
    "Identifier",
    "Inquiry",
    "Notice",
    "Placeholders",
    "PrintedExpression",
    "Question",
    "QuotedText",
    "Row",
    "Session",
    "StatementResult",
    "Step",
    "Target",
    "ask",
    "at_neon",
    "cache_folder",
    "connect",
    "control_asked",
    "control_installed",
    "find_tools",
    "gather",
    "install_control",
    "install_tools",
    "keeping_sessions",
    "launch",
    "ledger_asked",
    "ledger_exists",
    "lent_session",
    "let_sessions_go",
    "load_queries",
    "open_session",
    "parse_url",
    "password_file",
    "prepare_control",
    "records_asked",
    "remove_home",
    "require_consent",
    "restore_steps",
    "server_bin_folder",
    "shared_server",
    "start_server",
    "stop_group",
    "stop_shared_server",
    "target_from_variables",
    "told_while_waking",
    "tools_for",
    "within",
]
