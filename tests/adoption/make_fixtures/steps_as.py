"""The steps as each tool wants them written."""

from steps import Step, script

REPEATABLE = """\
create or replace view customers_by_name as
select id, name, email from customers order by name;
"""

PRISMA_SCHEMA = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
"""

# The engine in Rust is downloaded by its package; the same one as WebAssembly comes with it. Its
# driver does not know the type `name`, which the engine asks for, and cuts scripts at every `;`.
PRISMA_CONFIG = """\
import { PrismaPg } from "@prisma/adapter-pg";
import Result from "pg/lib/result.js";
import { defineConfig } from "prisma/config";

const addFields = Result.prototype.addFields;
Result.prototype.addFields = function (fields) {
  for (const field of fields) if (field.dataTypeID === 19) field.dataTypeID = 25;
  return addFields.call(this, fields);
};

async function adapter() {
  const factory = new PrismaPg({ connectionString: process.env.DATABASE_URL });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => void (await adapter.client.query(script));
    return adapter;
  };
  return factory;
}

export default defineConfig({
  experimental: { adapter: true },
  engine: "js",
  schema: "prisma/schema.prisma",
  adapter,
});
"""

DRIZZLE_CONFIG = """\
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./schema.ts",
  out: "./drizzle",
  dbCredentials: { url: process.env.DATABASE_URL! },
});
"""

_CUSTOMERS = """\
import { sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";

export const customers = pg.pgTable(
  "customers",
  {
    id: pg.bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    email: pg.text().notNull(),
    name: pg.text().notNull().default(""),
  },
  (table) => [pg.uniqueIndex("customers_email").on(sql`lower(${table.email})`)],
);
"""
_ORDERS = """
export const orderState = pg.pgEnum("order_state", ["new", "paid", "sent"]);

export const orders = pg.pgTable("orders", {
  id: pg.bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  customerId: pg.bigint("customer_id", { mode: "number" }).notNull().references(() => customers.id),
  state: orderState().notNull().default("new"),
  total: pg.numeric({ precision: 12, scale: 2 }).notNull(),
});
"""
DRIZZLE_SCHEMAS = (_CUSTOMERS, _CUSTOMERS + _ORDERS)

_REVISIONS = ("a1f0c2d3e401", "b2e0d3f4a502", "c3a1f4e5b603", "d4b2a5f6c704")


def dbmate(step: Step) -> str:
    """Return a file of dbmate."""
    return f"-- migrate:up\n{script(step.up)}\n-- migrate:down\n{script(step.down)}"


def goose(step: Step) -> str:
    """Return a file of goose."""
    return f"-- +goose Up\n{_guarded(step.up)}\n-- +goose Down\n{_guarded(step.down)}"


def _guarded(statements: tuple[str, ...]) -> str:
    return "".join(
        f"-- +goose StatementBegin\n{s};\n-- +goose StatementEnd\n" if "$$" in s else f"{s};\n"
        for s in statements
    )


def node_pg(step: Step) -> str:
    """Return a file of node-pg-migrate."""
    return f"-- Up Migration\n{script(step.up)}\n-- Down Migration\n{script(step.down)}"


def sqitch(verb: str, name: str, statements: tuple[str, ...]) -> str:
    """Return a script of Sqitch, in its template."""
    direction = "to" if verb == "Deploy" else "from"
    return f"-- {verb} shop:{name} {direction} pg\n\nBEGIN;\n\n{script(statements)}\nCOMMIT;\n"


def alembic(number: int, step: Step) -> tuple[str, str]:
    """Return name and text of a revision of Alembic."""
    revision = _REVISIONS[number]
    before = repr(_REVISIONS[number - 1]) if number else "None"
    return (
        f"{revision}_{step.name}",
        f'''"""{step.name}

Revision ID: {revision}
"""

from alembic import op

revision = "{revision}"
down_revision = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
{_executed(step.up)}

def downgrade() -> None:
{_executed(step.down)}''',
    )


def _executed(statements: tuple[str, ...]) -> str:
    return "".join(f'    op.execute("""{s}""")\n' for s in statements)
