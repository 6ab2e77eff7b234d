"""One reader for each tool that can be adopted."""

from vado.migrations.adopt.interface import Reader
from vado.migrations.adopt.readers.alembic import Alembic
from vado.migrations.adopt.readers.dbmate import Dbmate
from vado.migrations.adopt.readers.drizzle import Drizzle
from vado.migrations.adopt.readers.flyway import Flyway
from vado.migrations.adopt.readers.golang_migrate import GolangMigrate
from vado.migrations.adopt.readers.goose import Goose
from vado.migrations.adopt.readers.graphile import GraphileMigrate
from vado.migrations.adopt.readers.node_pg_migrate import NodePgMigrate
from vado.migrations.adopt.readers.prisma import Prisma
from vado.migrations.adopt.readers.sqitch import Sqitch
from vado.migrations.adopt.readers.supabase import Supabase

READERS: tuple[Reader, ...] = (
    *(Dbmate(), GolangMigrate(), Goose(), Flyway(), Supabase(), Prisma(), Drizzle()),
    *(Sqitch(), Alembic(), GraphileMigrate(), NodePgMigrate()),
)

__all__ = ["READERS"]
