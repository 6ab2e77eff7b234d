"""What the user chose for the screens."""

from collections.abc import Mapping

from vado.application.vado import Vado
from vado.operations import Request


def choose_preferences(vado: Vado, chosen: Mapping[str, str | None]) -> None:
    """Keep what the user chose; what it is now is written into the audit log."""
    with vado.acting(Request("preferences", None), chosen):
        vado.state.set_preferences(dict(chosen))
