"""Which database this is, however it is reached: compared before anything is changed."""

import hashlib

from vado.database import Session, load_queries
from vado.errors import VadoError

_QUERIES = load_queries("vado.environments")


def identity_of(session: Session) -> str:
    """Return a short hash of the server's system identifier and the database.

    Where the role may not read the system identifier, host and port stand in for it. After a
    restore by swap the database's OID differs, so its name is taken.
    """
    try:
        system = str(session.value(_QUERIES["system_identifier"]))
    except VadoError:
        system = f"{session.target.host}:{session.target.port}"
    text = f"{system}/{session.value(_QUERIES['database'])}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
