"""Makes the fixtures again with the real tools: make.py FOLDER [TOOL ...], after install.sh FOLDER.

Each gets its project, and the database that the tool itself made of it, as SQL.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import steps_as
from steps import APPLIED, STEPS, script
from workshop import Bench, workshop

_STAMPS = ("20240105090000", "20240212101530", "20240320120000", "20240410080000")


def dbmate(bench: Bench) -> str:
    for stamp, step in zip(_STAMPS, STEPS, strict=True):
        bench.write(f"db/migrations/{stamp}_{step.name}.sql", steps_as.dbmate(step))
    with bench.without(f"db/migrations/{_STAMPS[3]}_add_note.sql"):
        bench.npm("dbmate", "--no-dump-schema", "up", DATABASE_URL=f"{bench.url}?sslmode=disable")
    return bench.npm("dbmate", "--version")


def golang_migrate(bench: Bench) -> str:
    for number, step in enumerate(STEPS, 1):
        bench.write(f"migrations/{number:06}_{step.name}.up.sql", script(step.up))
        bench.write(f"migrations/{number:06}_{step.name}.down.sql", script(step.down))
    program = bench.tools / "go" / "migrate"
    url = f"{bench.url}?sslmode=disable"
    bench.run(program, "-path", "migrations", "-database", url, "up", str(APPLIED))
    return "golang-migrate 4.20.1"


def goose(bench: Bench) -> str:
    for number, step in enumerate(STEPS, 1):
        bench.write(f"migrations/{number:05}_{step.name}.sql", steps_as.goose(step))
    program = bench.tools / "go" / "goose"
    bench.run(program, "-dir", "migrations", "postgres", bench.url, "up-to", str(APPLIED))
    return bench.run(program, "--version")


def flyway(bench: Bench) -> str:
    for number, step in enumerate(STEPS, 1):
        bench.write(f"sql/V{number}__{step.name}.sql", script(step.up))
    bench.write("sql/R__customers_by_name.sql", steps_as.REPEATABLE)
    bench.write("flyway.conf", "flyway.locations=filesystem:sql\n")
    classes = f"{bench.tools}/java/lib/*"
    source = Path(__file__).with_name("Migrate.java")
    url = f"jdbc:{bench.url.replace('app:app@', '')}"
    with bench.without("sql/V4__add_note.sql"):
        bench.run("java", "-cp", classes, source, url, "app", "app", bench.project / "sql")
    jar = next((bench.tools / "java" / "lib").glob("flyway-core-*.jar"))
    return jar.stem.replace("flyway-core-", "flyway-core ")


def supabase(bench: Bench) -> str:
    bench.npm("supabase", "init", "--yes")
    for stamp, step in zip(_STAMPS, STEPS, strict=True):
        bench.write(f"supabase/migrations/{stamp}_{step.name}.sql", script(step.up))
    with bench.without(f"supabase/migrations/{_STAMPS[3]}_add_note.sql"):
        url = f"{bench.url}?sslmode=disable"
        bench.npm("supabase", "migration", "up", "--db-url", url, "--yes")
    made_with = f"supabase {bench.npm('supabase', '--version')}"
    shutil.rmtree(bench.project / "supabase" / ".temp", ignore_errors=True)
    (bench.project / "supabase" / ".gitignore").unlink()
    bench.write("supabase/config.toml", 'project_id = "shop"\n')
    return made_with


def prisma(bench: Bench) -> str:
    for stamp, step in zip(_STAMPS, STEPS, strict=True):
        bench.write(f"prisma/migrations/{stamp}_{step.name}/migration.sql", script(step.up))
    bench.write("prisma/migrations/migration_lock.toml", 'provider = "postgresql"\n')
    bench.write("prisma/schema.prisma", steps_as.PRISMA_SCHEMA)
    config = bench.write("prisma.config.ts", steps_as.PRISMA_CONFIG)
    modules = bench.project / "node_modules"
    modules.symlink_to(bench.tools / "js" / "node_modules")
    with bench.without(f"prisma/migrations/{_STAMPS[3]}_add_note"):
        # Named, so that nothing is fetched; nothing of it is run either.
        bench.npm("prisma", "migrate", "deploy", PRISMA_QUERY_ENGINE_LIBRARY="/bin/true")
    modules.unlink()
    config.unlink()
    return json.loads(
        (bench.tools / "js/node_modules/prisma/package.json").read_text(encoding="utf-8")
    )["version"].join(["prisma ", ""])


def drizzle(bench: Bench) -> str:
    bench.write("drizzle.config.ts", steps_as.DRIZZLE_CONFIG)
    modules = bench.project / "node_modules"
    modules.symlink_to(bench.tools / "js" / "node_modules")
    for number, schema in enumerate(steps_as.DRIZZLE_SCHEMAS):
        bench.write("schema.ts", schema)
        bench.npm("drizzle-kit", "generate", f"--name={STEPS[number].name}")
    bench.npm("drizzle-kit", "generate", "--custom", f"--name={STEPS[2].name}")
    text = "\n--> statement-breakpoint\n".join(f"{statement};" for statement in STEPS[2].up)
    bench.write(f"drizzle/0002_{STEPS[2].name}.sql", f"{text}\n")
    bench.npm("drizzle-kit", "migrate")
    bench.npm("drizzle-kit", "generate", "--custom", f"--name={STEPS[3].name}")
    bench.write(f"drizzle/0003_{STEPS[3].name}.sql", script(STEPS[3].up))
    modules.unlink()
    for snapshot in (bench.project / "drizzle" / "meta").glob("*_snapshot.json"):
        snapshot.unlink()
    return bench.npm("drizzle-kit", "--version").strip().splitlines()[0]


def sqitch(bench: Bench) -> str:
    bench.run("sqitch", "config", "--user", "user.name", "Ada Ford")
    bench.run("sqitch", "config", "--user", "user.email", "ada@example.com")
    uri = "https://example.com/shop/"
    bench.run("sqitch", "init", "shop", "--engine", "pg", "--uri", uri)
    for number, step in enumerate(STEPS):
        needs = ["--requires", STEPS[number - 1].name] if number else []
        bench.run("sqitch", "add", step.name, *needs, "--note", f"{step.name}, with a “note”.")
        bench.write(f"deploy/{step.name}.sql", steps_as.sqitch("Deploy", step.name, step.up))
        bench.write(f"revert/{step.name}.sql", steps_as.sqitch("Revert", step.name, step.down))
        if number == 1:
            bench.run("sqitch", "tag", "v1.0", "--note", "first release")
    shutil.rmtree(bench.project / "verify")
    url = bench.url.replace("postgresql:", "db:pg:")
    bench.run("sqitch", "deploy", url, "--to-change", STEPS[2].name)
    return bench.run("sqitch", "--version")


def alembic(bench: Bench) -> str:
    program = bench.tools / "alembic" / "bin" / "alembic"
    bench.run(program, "init", "alembic")
    ini = bench.project / "alembic.ini"
    url = bench.url.replace("postgresql:", "postgresql+psycopg:")
    ini.write_text(
        ini.read_text(encoding="utf-8").replace("driver://user:pass@localhost/dbname", url),
        encoding="utf-8",
    )
    for number, step in enumerate(STEPS):
        name, text = steps_as.alembic(number, step)
        bench.write(f"alembic/versions/{name}.py", text)
    bench.run(program, "upgrade", "c3a1f4e5b603")
    bench.write("upgrade.sql", bench.run(program, "upgrade", "head", "--sql"))
    bench.write("downgrade.sql", bench.run(program, "downgrade", "head:base", "--sql"))
    for name in ("env.py", "script.py.mako", "README"):
        (bench.project / "alembic" / name).unlink()
    bench.write("alembic.ini", "[alembic]\nscript_location = %(here)s/alembic\n")
    for name in ("__pycache__", "versions/__pycache__"):
        shutil.rmtree(bench.project / "alembic" / name, ignore_errors=True)
    return bench.run(program, "--version")


def graphile_migrate(bench: Bench) -> str:
    again, shadow = (f"{bench.url}_{part}" for part in ("again", "shadow"))
    root = f"{bench.url.rpartition('/')[0]}/postgres"
    roots = {"SHADOW_DATABASE_URL": shadow, "ROOT_DATABASE_URL": root}
    bench.npm("graphile-migrate", "init", **roots)
    for step in STEPS:
        bench.write("migrations/current.sql", f"{script(step.up)}")
        bench.npm("graphile-migrate", "commit", "--message", step.name, DATABASE_URL=again, **roots)
    with bench.without(f"migrations/committed/000004-{STEPS[3].name}.sql"):
        bench.npm("graphile-migrate", "migrate", **roots)
    (bench.project / ".gmrc").write_text('{"//generatedWith": "1.4.1"}\n', encoding="utf-8")
    return f"graphile-migrate {bench.npm('graphile-migrate', '--version')}"


def node_pg_migrate(bench: Bench) -> str:
    for number, step in enumerate(STEPS):
        bench.write(f"migrations/{1704445200000 + number}_{step.name}.sql", steps_as.node_pg(step))
    with bench.without(f"migrations/{1704445200003}_{STEPS[3].name}.sql"):
        bench.npm("node-pg-migrate", "up")
    return f"node-pg-migrate {bench.npm('node-pg-migrate', '--version')}"


MAKERS: tuple[Callable[[Bench], str], ...] = (
    *(dbmate, golang_migrate, goose, flyway, supabase, prisma, drizzle, sqitch, alembic),
    *(graphile_migrate, node_pg_migrate),
)


def main() -> None:
    """Make the fixtures of the tools that are named, or of all."""
    tools, wanted = Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory(dir="/tmp") as scratch:
        Path(scratch).chmod(0o711)
        with workshop(tools, Path(scratch) / "server") as shop:
            for maker in MAKERS:
                name = maker.__name__
                if wanted and name not in wanted:
                    continue
                bench = shop.bench(name)
                if maker is graphile_migrate:
                    for part in ("again", "shadow"):
                        shop.database(f"{name}_{part}")
                shop.keep(bench, maker(bench))


if __name__ == "__main__":
    main()
