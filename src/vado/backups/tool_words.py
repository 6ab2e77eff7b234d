"""Why pg_dump failed, by what it said last, and what to do about that."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Why:
    """A reason that faces can translate by, and what to do."""

    reason: str
    hint: str


_UNTOUCHED = "The database was only read."
_KNOWN = (
    (
        r"permission denied for|may lack SELECT privilege",
        Why(
            "no_permission",
            "Take it as the owner or a member of pg_read_all_data, or GRANT the right to read. "
            + _UNTOUCHED,
        ),
    ),
    (
        r"row-level security policy",
        Why(
            "row_security",
            "Policies would leave rows out, and a backup leaves none out: take it as a superuser "
            "or a role with BYPASSRLS. " + _UNTOUCHED,
        ),
    ),
    (
        r"statement timeout|lock timeout",
        Why(
            "locked",
            "Somebody held a table locked for a minute: try again when they have ended. "
            + _UNTOUCHED,
        ),
    ),
    (
        r"No space left on device|disk quota|File too large|grew beyond the limit",
        Why("disk_full", "Free disk space, or raise the limit. " + _UNTOUCHED),
    ),
    (
        r"connection to server|closed the connection|terminating connection|no connection to",
        Why("connection_lost", "See that the server is up, and try again. " + _UNTOUCHED),
    ),
    (
        r"it was killed|ended by SIG",
        Why("killed", "Try again when the machine has memory to spare. " + _UNTOUCHED),
    ),
    (
        r"does not exist|cache lookup failed|could not open relation",
        Why("changed_meanwhile", "Something was dropped meanwhile: try again. " + _UNTOUCHED),
    ),
)


def why_dump_failed(said: str) -> Why | None:
    """Return the reason for what pg_dump said, where it is one that is known."""
    return next((why for pattern, why in _KNOWN if re.search(pattern, said)), None)
