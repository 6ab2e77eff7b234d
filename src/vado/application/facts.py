"""What the rules can know of a database."""

from vado.database import connect
from vado.environments import target_of
from vado.risks import Facts
from vado.schema import read_catalogue, read_sizes


def read_facts(url: str) -> Facts:
    """Read what the rules can know of a database: its catalogue, sizes and version."""
    with connect(target_of(url), application_name="vado lint", read_only=True) as session:
        return Facts(read_catalogue(session), read_sizes(session), session.server_version)
