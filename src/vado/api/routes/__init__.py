"""One router per resource."""

from vado.api.routes import (
    adoption,
    backups,
    comparisons,
    database,
    drift,
    migrations,
    operations,
    plans,
)

ROUTERS = (
    database.router,
    drift.router,
    comparisons.router,
    migrations.router,
    adoption.router,
    plans.router,
    backups.router,
    operations.router,
)

__all__ = ["ROUTERS"]
