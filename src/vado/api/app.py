"""The application: routers, problems, the guard in front, the page behind."""

from fastapi import FastAPI

from vado import __version__
from vado.api import problems
from vado.api.guard import Guard
from vado.api.page import serve_page
from vado.api.routes import ROUTERS
from vado.application import Vado
from vado.settings import Secret


def create_app(vado: Vado, *, token: Secret, port: int) -> FastAPI:
    """Make the application for one launch: its token and the port it is reached at."""
    app = described_app()
    app.state.vado = vado
    serve_page(app)
    app.add_middleware(Guard, token=token, port=port)
    return app


def described_app() -> FastAPI:
    """Make the routes without anything behind them: enough for their description."""
    # No description, no documentation pages while it runs: they load scripts from elsewhere.
    app = FastAPI(title="Vado", version=__version__, openapi_url=None, docs_url=None)
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router)
    return app
