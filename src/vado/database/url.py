"""Connection strings: read by Vado itself, so that no error can repeat a password.

libpq's own messages quote the part they cannot read, and its URLs take parameters that redirect
elsewhere (hostaddr, service, passfile) or write TLS keys to disk: only the listed ones pass.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from vado.errors import ConfigurationInvalid
from vado.logging import redact, register_secret
from vado.settings import Secret

_SCHEMES = ("postgresql", "postgres")
_ALLOWED = frozenset(
    {
        "sslmode",
        "channel_binding",
        "sslrootcert",
        "connect_timeout",
        "application_name",
        "options",
        "sslnegotiation",
    }
)
# As a URL may carry the host of a Unix socket, which is no host name, in its query.
_PLACE = frozenset({"host", "port", "user", "dbname", "password"})
# Names of libpq's own that are refused: harmless to repeat, unlike what is no name at all.
_LIBPQ = frozenset(
    {
        "gssencmode",
        "hostaddr",
        "keepalives",
        "load_balance_hosts",
        "passfile",
        "replication",
        "require_auth",
        "requiressl",
        "service",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslkeylogfile",
        "sslpassword",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_ENDPOINT = re.compile(r"(?:-c ?)?endpoint=[\w.-]+", re.ASCII)
# Read here and not by urlsplit, which writes the path of a socket in small letters.
_AUTHORITY = re.compile(
    r"(?:(?P<user>[^:@]*)(?::(?P<password>.*))?@)?"
    r"(?P<host>\[[0-9A-Za-z:.%]+\]|[^:@\[\]]*)(?::(?P<port>[0-9]*))?",
    re.DOTALL,
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NO_FILE = f"{os.devnull}/none"  # below a device nothing can be
_PORT = 5432
_MAX_PORT = 65535
_HINT = "Write postgresql://USER:PASSWORD@HOST:5432/DATABASE, with special characters as %XX."
_PG_VARIABLES = {
    "PGSSLMODE": "sslmode",
    "PGSSLROOTCERT": "sslrootcert",
    "PGCHANNELBINDING": "channel_binding",
    "PGCONNECT_TIMEOUT": "connect_timeout",
}

# Where things are found: programs and libraries, home, temporary files, certificates, tickets.
_FOR_TOOLS = re.compile(
    r"PATH|(DY)?LD_LIBRARY_PATH|HOME|USER|LOGNAME|USERPROFILE|APPDATA|SYSTEMROOT|TMPDIR|TE?MP|TZ"
    r"|LANG|OPENSSL_CONF|SSL_CERT_(FILE|DIR)|KRB5(CCNAME|_CONFIG)"
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a database is and who asks: everything needed to connect, once."""

    host: str
    port: int
    dbname: str
    user: str
    password: Secret | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def display(self) -> str:
        """The target for people to read, without its password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.user}@{host}:{self.port}/{self.dbname}"

    @property
    def local(self) -> bool:
        """Whether the server is on this machine (a socket or a loopback address)."""
        return self.host.startswith("/") or self.host in _LOOPBACK

    def with_database(self, name: str) -> "Target":
        """Return the same server and role with another database."""
        return replace(self, dbname=name)

    def keywords(self) -> dict[str, str]:
        """Return libpq's keywords; the caller must not print them."""
        known = {
            "host": self.host,
            "port": str(self.port),
            "dbname": self.dbname,
            "user": self.user,
            **_defaults(self),
            **self.options,
        }
        if self.password is not None:
            known["password"] = self.password.reveal()
        return known

    def environment(self, password_file: Path | None = None) -> dict[str, str]:
        """Return a scrubbed environment for a child process, with libpq's variables set."""
        # Nobody can list all variables that hold secrets, but few are a client tool's business.
        kept = {k: v for k, v in os.environ.items() if _FOR_TOOLS.fullmatch(k) and redact(v) == v}
        names = {
            "host": "PGHOST",
            "port": "PGPORT",
            "dbname": "PGDATABASE",
            "user": "PGUSER",
            "sslmode": "PGSSLMODE",
            "sslrootcert": "PGSSLROOTCERT",
            "channel_binding": "PGCHANNELBINDING",
            "connect_timeout": "PGCONNECT_TIMEOUT",
            "application_name": "PGAPPNAME",
            "options": "PGOPTIONS",
            "sslnegotiation": "PGSSLNEGOTIATION",
        }
        own = {names[k]: v for k, v in self.keywords().items() if k in names}
        # An empty file name would make libpq fall back to ~/.pgpass, and a device warns.
        own["PGPASSFILE"] = str(password_file or _NO_FILE)
        return {**kept, **own}


def _defaults(target: Target) -> dict[str, str]:
    """TLS as strict as the place allows, with roots that are known to exist."""
    found = {"connect_timeout": "30"}
    if target.local:
        # The bundled OpenSSL has no roots of its own to check a local certificate against.
        return found | {"sslmode": target.options.get("sslmode", "prefer")}
    import certifi  # noqa: PLC0415 (not needed for a local server)

    # `prefer` would send the password in clear to whoever answers "no TLS here".
    mode = target.options.get("sslmode", "require")
    found |= {"sslmode": mode}
    if mode.startswith("verify-"):
        found["sslrootcert"] = certifi.where()
    return found


def parse_url(url: str) -> Target:
    """Read a connection string; ConfigurationInvalid names the fault without quoting a secret."""
    try:
        parts = urlsplit(url.strip())
        place = _AUTHORITY.fullmatch(parts.netloc)
        query = _query(parts.query)
    except ValueError:
        # Without its cause, which may quote a part of the password.
        raise _invalid("the connection string has no readable host and port") from None
    if parts.scheme not in _SCHEMES:
        raise _invalid("the connection string does not begin with postgresql://")
    # A special character in a password ends the part it stands in too early.
    if place is None or "@" in parts.path or parts.fragment:
        raise _invalid("the connection string has no readable host and port")
    host = query.pop("host", None) or _plain(place["host"].strip("[]"))
    user = query.pop("user", None) or _plain(place["user"])
    dbname = query.pop("dbname", None) or _plain(parts.path.removeprefix("/")) or user
    written = place["password"]
    password = query.pop("password", None) or (None if written is None else _plain(written))
    if written:
        register_secret(written)  # as it is written, too, it must not be seen
    return _checked(
        Target(
            host=host or "localhost",
            port=_port(query.pop("port", None) or place["port"]),
            dbname=dbname,
            user=user,
            password=Secret(password) if password else None,
            options=query,
        )
    )


def _plain(text: str | None) -> str:
    try:
        return unquote(text or "", errors="strict")
    except UnicodeDecodeError:
        raise _invalid("the connection string has a %XX that is not UTF-8") from None


def _query(text: str) -> dict[str, str]:
    known = {}
    # parse_qsl reads "+" as a space, which libpq does not.
    plus_kept = text.replace("+", "%2B")
    for key, value in parse_qsl(plus_kept, keep_blank_values=True, errors="strict"):
        if key not in _ALLOWED | _PLACE:
            # Only names that libpq has: anything else may be the rest of a password.
            named = f" {key}" if key in _LIBPQ else ""
            raise _invalid(f"the connection string has a parameter{named} that is not allowed")
        known[key] = value
    return known


def target_from_variables(variables: Mapping[str, str]) -> Target:
    """Read libpq's own PG* variables (host, port, database, user, password, TLS)."""
    user = variables.get("PGUSER") or variables.get("USER") or ""
    password = variables.get("PGPASSWORD")
    return _checked(
        Target(
            host=variables.get("PGHOST") or "localhost",
            port=_port(variables.get("PGPORT")),
            dbname=variables.get("PGDATABASE") or user,
            user=user,
            password=None if not password else Secret(password),
            options={
                option: variables[name]
                for name, option in _PG_VARIABLES.items()
                if name in variables
            },
        )
    )


def _port(text: str | None) -> int:
    if not text:
        return _PORT
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) <= _MAX_PORT:
        raise _invalid("the port is not a number between 1 and 65535")
    return int(text)


def _checked(target: Target) -> Target:
    if not target.user:
        raise _invalid("the connection string names no user")
    if not target.dbname:
        raise _invalid("the connection string names no database")
    if "," in target.host:
        raise _invalid("the connection string names more than one host")
    password = target.password.reveal() if target.password else ""
    for text in (target.host, target.dbname, target.user, password, *target.options.values()):
        if "\x00" in text:
            raise _invalid("the connection string contains a NUL byte")
    _check_options(target.options)
    return target


def _check_options(options: Mapping[str, str]) -> None:
    if "options" in options and not _ENDPOINT.fullmatch(options["options"]):
        raise _invalid("options may only name a Neon endpoint (options=endpoint=...)")
    if options.get("sslmode", "prefer") not in _SSL_MODES:
        raise _invalid(f"sslmode is none of {', '.join(_SSL_MODES)}")
    if not re.fullmatch(r"[0-9]{1,6}", options.get("connect_timeout", "0")):
        raise _invalid("connect_timeout is not a number of seconds")


def _invalid(message: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(message, hint=_HINT)


@contextmanager
def password_file(target: Target) -> Iterator[Path | None]:
    """Give a child process the password by a private file, which ends with the block.

    Neither arguments nor the environment of a process are private.
    """
    if target.password is None:
        yield None
        return
    if re.search(r"[\r\n]", target.password.reveal()):
        raise ConfigurationInvalid(
            "the password contains a line break, which pg_dump cannot be given",
            hint="Set a password without line breaks for this role.",
        )
    descriptor, name = tempfile.mkstemp(prefix="vado-", suffix=".pgpass")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"*:*:*:*:{_escaped(target.password.reveal())}\n")
        yield path
    finally:
        path.unlink(missing_ok=True)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")
