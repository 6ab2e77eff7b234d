"""The project folder of the sample shop and its empty database."""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from vado.database import EmbeddedServer, Identifier, Target, connect

APPLIED_THROUGH = "20260420093000"
"""The version through which the migrations are the shop's past; the four later ones are pending."""

_CONFIG = """\
# The sample shop of Vado. `.env` says where its database is.

migrations = "migrations"

[environments.shop]
url_env = "SHOP_URL"
class = "staging"
"""


@dataclass(frozen=True, slots=True)
class DemoProject:
    """The sample shop: where its files are and where its database is."""

    folder: Path
    migrations_folder: Path
    target: Target
    environment_name: str = "shop"


def prepare_demo(
    folder: Path,
    server: EmbeddedServer,
    *,
    database: str = "shop",
    state_folder: Path | None = None,
) -> DemoProject:
    """Write the project into *folder* and make its database on *server*, empty, always anew.

    The database of an earlier demo is dropped and its migrations are written again; files that the
    user added to the folder stay. With *state_folder*, commands that are run in the folder keep
    their state there and leave the user's own alone.
    """
    _recreate_database(server, Identifier(database))
    project = DemoProject(folder, folder / "migrations", server.target(database))
    project.migrations_folder.mkdir(parents=True, exist_ok=True)
    for source in (resources.files("vado.demo") / "migrations").iterdir():
        text = source.read_text(encoding="utf-8")
        (project.migrations_folder / source.name).write_text(text, encoding="utf-8")
    (folder / "vado.toml").write_text(_CONFIG, encoding="utf-8")
    variables = {"SHOP_URL": _url(project.target)}
    if state_folder is not None:
        variables["VADO_STATE"] = str(state_folder)
    lines = "".join(f"{name}={value!r}\n" for name, value in variables.items())
    (folder / ".env").write_text(lines, encoding="utf-8")
    return project


def _recreate_database(server: EmbeddedServer, name: Identifier) -> None:
    with connect(server.target()) as session:
        session.execute("drop database if exists {name} with (force)", identifiers={"name": name})
        session.execute("create database {name}", identifiers={"name": name})


def _url(target: Target) -> str:
    # No password: the server knows its user by the socket.
    socket = quote(target.host, safe="")
    return f"postgresql://{target.user}@/{target.dbname}?host={socket}&port={target.port}"
