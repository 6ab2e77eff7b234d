"""The `vado` command: one module a noun, each loaded when it is asked for."""

from vado.cli.entry import main

__all__ = ["main"]
