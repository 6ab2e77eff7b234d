"""Vado's tables in the target and the numbered scripts that make them."""

from vado.database.control.install import (
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

__all__ = [
    "MIGRATION_LOCK",
    "control_asked",
    "control_installed",
    "install_control",
    "ledger_asked",
    "ledger_exists",
    "prepare_control",
    "records_asked",
    "require_consent",
]
