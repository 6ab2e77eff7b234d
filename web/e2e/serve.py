# ruff: noqa: INP001 (a script, not part of a package)
"""Serves the sample shop for the browser tests: `serve.py FOLDER PORT`.

Nothing is pretended: the databases are real, and so is the server. Each group of tests has an
environment of its own, with its own database and its own migrations folder, so that no group sees
what another did.
"""

import os
import shutil
import sys
import threading
import time
from pathlib import Path

from vado.api import ServeOptions, serve
from vado.application import Vado, start_apply, start_preview
from vado.database import (
    SCRATCH_SETTINGS,
    EmbeddedServer,
    Identifier,
    Target,
    connect,
    start_server,
    stop_shared_server,
)
from vado.demo import APPLIED_THROUGH, DemoProject, load_sample_rows, prepare_demo
from vado.environments import Environment
from vado.migrations import ApplyRequest, Wanted
from vado.operations import Operation
from vado.settings import load_settings

ENVIRONMENTS = {
    "main": "production",
    "shop": "staging",
    "broken": "staging",
    "edited": "staging",
    "desk": "development",
    "vault": "development",
    "slow": "development",
    "look": "production",
    # States that take a past: one stopped half-way, one whose files were touched, one of another
    # tool, one that led elsewhere before.
    "stuck": "development",
    "touched": "staging",
    "late": "staging",
    "foreign": "development",
    "moved": "development",
    # Changed by hand since its last run.
    "drifted": "development",
}
_STUCK = """-- migrate:up
create table campaigns (id bigint generated always as identity primary key, title text not null);
create unique index concurrently one_order_each on orders (customer_id);
alter table campaigns add column starts_on date;
-- migrate:down
drop table campaigns;
"""
_WAIT_S = 120.0


def main(folder: Path, port: int) -> None:
    """Prepare everything in *folder* and serve on *port* until told to stop."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    state = folder / "state"
    os.environ["VADO_STATE"] = str(state)
    with start_server(folder / "server", settings=SCRATCH_SETTINGS) as server:
        try:
            shop = prepare_demo(folder, server)
            _apply_past(folder)
            _spread(shop, server)
            os.chdir(folder)
            _prepare(folder, server)
            threading.Thread(target=_hold_on_demand, args=(folder, server), daemon=True).start()
            serve(load_settings(), ServeOptions(port=port))
        finally:
            stop_shared_server(state)
    os.chdir(folder.parent)
    # So many copies of the shop are too much to leave behind.
    shutil.rmtree(folder, ignore_errors=True)


def _apply_past(folder: Path) -> None:
    os.chdir(folder)
    vado = Vado(load_settings())
    environment = vado.environment("shop")
    previewed = _ended(vado, start_preview(vado, environment, Wanted(APPLIED_THROUGH)))
    plan = vado.plans.get((previewed.result or {})["plan_id"])
    accepted = frozenset(str(one.rule) for one in plan.requires if one.rule)
    request = ApplyRequest(plan, environment.confirmation_word, accepted, consent=True)
    _ended(vado, start_apply(vado, environment, request))
    _fill(environment)
    vado.close()


def _prepare(folder: Path, server: EmbeddedServer) -> None:
    """Bring the environments with a past into their states."""
    _stop_half_way(folder)
    touched = sorted((folder / "migrations-touched").glob("*.sql"))
    touched[1].write_text(touched[1].read_text() + "-- a remark\n")
    touched[2].unlink()
    (folder / "migrations-late" / "20260115000000_late.sql").write_text(
        "-- migrate:up\ncreate table late (id bigint primary key);\n"
    )
    with connect(server.target("shop_foreign")) as session:
        session.run("drop schema vado, vado_control cascade")
        session.run("create table schema_migrations (version varchar primary key)")
        for file in sorted((folder / "migrations-foreign").glob("*.sql")):
            version = file.name.partition("_")[0]
            if int(version) <= int(APPLIED_THROUGH):
                session.execute("insert into schema_migrations values (%(v)s)", v=version)
    # It is dumped and restored again and again, and the way there is what counts.
    with connect(server.target("shop_vault")) as session:
        session.run("truncate payments, order_items, reviews")
    with connect(server.target("shop_drifted")) as session:
        session.run("create table wishes (id bigint primary key, note text)")
        session.run("alter table customers add column vat_number text")
    variables = folder / ".env"
    variables.write_text(variables.read_text().replace("/shop_moved?", "/shop_desk?"))


def _stop_half_way(folder: Path) -> None:
    stuck = folder / "migrations-stuck"
    for file in stuck.glob("*.sql"):
        if int(file.name.partition("_")[0]) > int(APPLIED_THROUGH):
            file.unlink()
    (stuck / "20260901090000_campaigns.sql").write_text(_STUCK)
    vado = Vado(load_settings())
    environment = vado.environment("stuck")
    previewed = _ended(vado, start_preview(vado, environment, Wanted(None)))
    plan = vado.plans.get((previewed.result or {})["plan_id"])
    request = ApplyRequest(plan, environment.confirmation_word, (), consent=True)
    vado.jobs.wait(start_apply(vado, environment, request).id, _WAIT_S)
    # Known as the database that it leads to now, and will not any more.
    vado.recognise(vado.environment("moved"))
    vado.close()


def _hold_on_demand(folder: Path, server: EmbeddedServer) -> None:
    """Hold the customers of the database that the file `hold` names, as long as it is there."""
    wanted = folder / "hold"
    while True:
        if not wanted.exists():
            time.sleep(0.1)
            continue
        target = server.target(wanted.read_text(encoding="utf-8"))
        with connect(target, application_name="nightly report") as session, session.transaction():
            session.run("lock table customers in share mode")
            (folder / "held").touch()
            while wanted.exists():
                time.sleep(0.1)
        (folder / "held").unlink()


def _ended(vado: Vado, operation: Operation) -> Operation:
    ended = vado.jobs.wait(operation.id, _WAIT_S)
    if ended.state != "succeeded":
        sys.exit(f"the shop could not be prepared: {ended.error}")
    return ended


def _fill(environment: Environment) -> None:
    with environment.session() as session:
        load_sample_rows(session)


def _spread(shop: DemoProject, server: EmbeddedServer) -> None:
    """Copy the filled database and its migrations for every environment."""
    config, variables = [], []
    for name, environment_class in ENVIRONMENTS.items():
        database = shop.target.dbname if name == "shop" else f"shop_{name}"
        if name != "shop":
            _copy(server, shop.target.dbname, database)
        shutil.copytree(shop.migrations_folder, shop.folder / f"migrations-{name}")
        config.append(
            f"[environments.{name}]\n"
            f'url_env = "{name.upper()}_URL"\n'
            f'class = "{environment_class}"\n'
            f'migrations = "migrations-{name}"\n'
        )
        variables.append(f"{name.upper()}_URL={_url(server.target(database))}\n")
    (shop.folder / "vado.toml").write_text("\n".join(config), encoding="utf-8")
    (shop.folder / ".env").write_text("".join(variables), encoding="utf-8")


def _copy(server: EmbeddedServer, source: str, database: str) -> None:
    names = {"source": Identifier(source), "database": Identifier(database)}
    with connect(server.target()) as session:
        session.execute(
            "create database {database} template {source} strategy file_copy", identifiers=names
        )


def _url(target: Target) -> str:
    # No password: the server knows its user by the socket.
    return f"postgresql://{target.user}@/{target.dbname}?host={target.host}&port={target.port}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
