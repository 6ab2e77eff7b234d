"""One router per resource."""

from vado.api.routes import (
    adoption,
    backups,
    comparisons,
    database,
    drift,
    keeping,
    migrations,
    neon,
    operations,
    plans,
    restores,
)

ROUTERS = (
    database.router,
    drift.router,
    comparisons.router,
    migrations.router,
    adoption.router,
    plans.router,
    # Before the backups: their addresses would be taken for ids.
    keeping.router,
    restores.router,
    neon.router,
    backups.router,
    operations.router,
)

__all__ = ["ROUTERS"]
