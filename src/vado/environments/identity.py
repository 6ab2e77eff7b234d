"""Which database this is, however it is reached: compared before anything is changed."""

import hashlib
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from vado.database import Session, load_queries
from vado.errors import StatementFailed

_QUERIES = load_queries("vado.environments")


@dataclass(frozen=True, slots=True)
class Identity:
    """A database by its server and its name.

    `system_identifier` is what the server was given when it was set up; None where the role may
    not read it. A restore by swap changes the database's OID, so its name is taken.
    """

    system_identifier: str | None
    host: str
    port: int
    database: str

    @property
    def hash(self) -> str:
        """A short hash; host and port stand in where the system identifier is not known."""
        system = self.system_identifier or f"{self.host}:{self.port}"
        return hashlib.sha256(f"{system}/{self.database}".encode()).hexdigest()[:16]


# It stays what it is for as long as a session lasts, and is asked for at many places.
_asked: WeakKeyDictionary[Session, Identity] = WeakKeyDictionary()


def read_identity(session: Session) -> Identity:
    """Ask the server which database this is."""
    found = _asked.get(session)
    if found is None:
        found = _asked[session] = _read(session)
    return found


def _read(session: Session) -> Identity:
    target = session.target
    try:
        row = session.row(_QUERIES["identity"]) or {}
        system, name = str(row["system_identifier"]), row["database_name"]
    except StatementFailed:
        system, name = None, session.value(_QUERIES["database"])
    return Identity(system, target.host, target.port, name)


def identity_of(session: Session) -> str:
    """Return the short hash that plans and backups carry."""
    return read_identity(session).hash
