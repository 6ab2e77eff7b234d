"""One router per resource."""

from vado.api.routes import adoption, backups, database, drift, migrations, operations, plans

ROUTERS = (
    database.router,
    drift.router,
    migrations.router,
    adoption.router,
    plans.router,
    backups.router,
    operations.router,
)

__all__ = ["ROUTERS"]
