"""pg_dump and pg_restore: which there are, what they can do, and how to get good ones.

Restoring needs tools that fit the server: pg_restore 17 and later sets `transaction_timeout`, which
servers up to 16 do not know and which aborts a restore in one transaction.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vado.database.home import cache_folder, packaged_binaries
from vado.database.launcher import ask
from vado.errors import ServerNewerThanTools, ToolsMissing

_PROBE_WITHIN_S = 20.0
_NOWHERE = "/nowhere"  # a host that is no server: what a build cannot do is said before connecting
_CAPPED_UP_TO = 16
_LAST_WITHOUT_ZSTD = 15
_UNKNOWN = (0, 0)
_NEWEST_TO_FETCH = 18
_HINT = "Run vado tools install to fetch PostgreSQL's client tools."
_INSTALLED = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "opt/homebrew/opt/libpq/bin",
    "usr/local/opt/postgresql@*/bin",
    "usr/local/opt/libpq/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, slots=True)
class ClientTools:
    """One pg_dump and pg_restore, and what their build can do."""

    folder: Path
    version: tuple[int, int]
    tls: bool
    zstd: bool

    @property
    def pg_dump(self) -> Path:
        """The program that writes backups."""
        return self.folder / "pg_dump"

    @property
    def pg_restore(self) -> Path:
        """The program that reads them."""
        return self.folder / "pg_restore"


def tools_for(server_version: int, *, tls: bool) -> ClientTools:
    """Return the best tools for a server (version as a number, 160015), of those found here.

    Those in VADO_PG_BIN go before all others, where they can do it. For servers up to 16 these are
    of version 16 at most, so that what they write can be restored. Raises ServerNewerThanTools or
    ToolsMissing.
    """
    server = server_version // 10000
    found = find_tools()
    fit = _best(found, server, tls=tls)
    if fit is not None:
        return fit
    newest = max((tools.version[0] for tools in found), default=server)
    if newest < server:
        raise ServerNewerThanTools(
            f"the server is PostgreSQL {server}, the newest client tools here are {newest}",
            hint=_HINT
            if server <= _NEWEST_TO_FETCH
            else f"Install the client tools of PostgreSQL {server}, with pg_dump on the PATH.",
        )
    need = f"for PostgreSQL {server}" + (" with TLS" if tls else "")
    raise ToolsMissing(f"there is no pg_dump and pg_restore {need}", hint=_HINT)


def _best(found: Sequence[ClientTools], server: int, *, tls: bool) -> ClientTools | None:
    fit = [tools for tools in found if _fits(tools, server) and (tools.tls or not tls)]
    wanted = _configured()
    return max(
        fit,
        default=None,
        key=lambda tools: (
            tools.folder == wanted,
            tools.version[0],
            tools.zstd,
            tools.tls,
            tools.version,
        ),
    )


def _configured() -> Path | None:
    """Return the folder of tools that the user names with VADO_PG_BIN."""
    named = os.environ.get("VADO_PG_BIN")
    return (Path(named).expanduser() / "pg_dump").resolve().parent if named else None


def _fits(tools: ClientTools, server: int) -> bool:
    newest = _CAPPED_UP_TO if server <= _CAPPED_UP_TO else tools.version[0]
    return server <= tools.version[0] <= newest


def find_tools() -> list[ClientTools]:
    """Return all client tools of this machine; what each can do is remembered until it changes."""
    known = _remembered()
    found = {}
    for folder in dict.fromkeys(_folders()):
        key = _identity(folder)
        found[key] = known.get(key) or _probed(folder)
    if not found.keys() <= known.keys():
        _remember({**known, **found})
    return [tools for tools in found.values() if tools.version != _UNKNOWN]


def server_bin_folder(major: int) -> Path | None:
    """Return the programs of a PostgreSQL server in the cache, if it was installed."""
    folders = sorted(tools_folder().glob(f"{major}.*/bin"), key=_version_of_folder)
    return folders[-1] if folders else None


def tools_folder() -> Path:
    """Return where `vado tools install` puts PostgreSQL, a folder for each version."""
    return cache_folder() / "postgresql"


def _version_of_folder(bin_folder: Path) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", bin_folder.parent.name)]


def _folders() -> Iterator[Path]:
    configured = _configured()
    candidates = [
        *([configured] if configured else []),
        *sorted(tools_folder().glob("[0-9]*/bin")),
        *(path for pattern in _INSTALLED for path in sorted(Path("/").glob(pattern))),
        *(Path(path) for path in os.get_exec_path() if path),
        packaged_binaries(),
    ]
    for folder in candidates:
        # Debian's /usr/bin/pg_dump is a script that picks a version by itself.
        real = (folder / "pg_dump").resolve()
        if real.name == "pg_dump" and os.access(real, os.X_OK):
            yield real.parent


def _identity(folder: Path) -> str:
    found = (folder / "pg_dump").stat()
    return f"{folder}:{found.st_mtime_ns}:{found.st_size}"


def _probed(folder: Path) -> ClientTools:
    said = re.search(r"\) (\d+)\.(\d+)", _said(folder, "--version"))
    version = (int(said[1]), int(said[2])) if said else _UNKNOWN
    # Versions up to 15 take any word after --compress= for the number 0.
    names_methods = version[0] > _LAST_WITHOUT_ZSTD
    return ClientTools(
        folder=folder,
        version=version,
        tls=_goes_on(folder, f"host={_NOWHERE} sslmode=require"),
        zstd=names_methods and _goes_on(folder, "-Fc", "--compress=zstd", "-h", _NOWHERE),
    )


def _goes_on(folder: Path, *arguments: str) -> bool:
    return "connection to server" in _said(folder, *arguments)


def _said(folder: Path, *arguments: str) -> str:
    environment = {"PATH": os.defpath, "LC_ALL": "C", "PGUSER": "vado", "PGDATABASE": "vado"}
    return ask([folder / "pg_dump", *arguments], env=environment, within_s=_PROBE_WITHIN_S).text


def _memory() -> Path:
    return cache_folder() / "tools.json"


def _remembered() -> dict[str, ClientTools]:
    try:
        entries: dict[str, Any] = json.loads(_memory().read_text(encoding="utf-8"))
        return {
            key: ClientTools(
                Path(entry["folder"]),
                (entry["version"][0], entry["version"][1]),
                tls=entry["tls"],
                zstd=entry["zstd"],
            )
            for key, entry in entries.items()
        }
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}  # not there or not readable: it is only a memory


def _remember(found: Mapping[str, ClientTools]) -> None:
    entries = {
        key: asdict(tools) | {"folder": str(tools.folder)}
        for key, tools in found.items()
        if tools.pg_dump.exists()
    }
    with suppress(OSError):  # a cache that cannot be written only costs time
        _memory().parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=_memory().parent)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(entries, file)
        Path(name).replace(_memory())
