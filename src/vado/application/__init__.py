"""One running Vado and its use cases, the same for every face."""

from vado.application.actions import (
    start_apply,
    start_backup,
    start_preview,
    start_restore,
    start_verify,
)
from vado.application.comparison import compare_databases
from vado.application.files import (
    diagnostics,
    judge_file,
    judge_text,
    list_migrations,
    new_migration,
    read_facts,
    read_migration,
    remove_migration,
    save_text,
)
from vado.application.status import status
from vado.application.vado import Vado

__all__ = [
    "Vado",
    "compare_databases",
    "diagnostics",
    "judge_file",
    "judge_text",
    "list_migrations",
    "new_migration",
    "read_facts",
    "read_migration",
    "remove_migration",
    "save_text",
    "start_apply",
    "start_backup",
    "start_preview",
    "start_restore",
    "start_verify",
    "status",
]
