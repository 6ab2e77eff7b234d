"""The HTTP API and the page, on loopback only."""

from vado.api.app import create_app
from vado.api.serve import ServeOptions, serve

__all__ = ["ServeOptions", "create_app", "serve"]
