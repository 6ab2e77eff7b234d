"""Vado's tables in the target and the numbered scripts that make them."""

from vado.database.control.install import (
    MIGRATION_LOCK,
    control_installed,
    install_control,
    ledger_exists,
    require_consent,
)

__all__ = [
    "MIGRATION_LOCK",
    "control_installed",
    "install_control",
    "ledger_exists",
    "require_consent",
]
