"""Vado's tables in the target and the numbered scripts that make them."""

from vado.database.control.install import (
    control_installed,
    install_control,
    ledger_exists,
    require_consent,
)

__all__ = ["control_installed", "install_control", "ledger_exists", "require_consent"]
