"""Whether there is room for a backup, looked at before it is begun."""

from vado.backups.model import USABLE
from vado.backups.stores import Store
from vado.errors import BackupError
from vado.operations import Job

_MB = 2**20
_RESERVE_BYTES = 64 * _MB
# Without an earlier backup nobody knows how well the rows compress: tables of text come down to a
# tenth, pictures not at all, and indexes are not in a dump. To refuse one wrongly would be worse
# than the clean failure of one that does not fit, so little is asked for and the rest is said.
_LEAST_PART = 8


def check_space(store: Store, database_bytes: int, database: str, job: Job) -> None:
    """Raise BackupError where a backup of *database* surely does not fit; say where it may not."""
    needed, likely = _needed(store, database_bytes)
    free = store.free_bytes()
    if free < needed + _RESERVE_BYTES:
        raise BackupError(
            f"a backup of {database} needs about {(needed + _RESERVE_BYTES) // _MB} MB in "
            f"{store.folder}, {free // _MB} MB are free",
            hint="Delete old backups or free space; the database was not touched.",
            details={
                "reason": "no_room",
                "needed_bytes": needed + _RESERVE_BYTES,
                "free_bytes": free,
            },
        )
    if free < likely + _RESERVE_BYTES:
        job.log(
            f"the backup may need up to {likely // _MB} MB, {free // _MB} MB are free",
            "space_is_tight",
            likely_bytes=likely,
            free_bytes=free,
        )


def _needed(store: Store, database_bytes: int) -> tuple[int, int]:
    """Return what a backup takes at least, and what it may take."""
    for last in store.read_all():
        if last.state in USABLE and last.size_bytes and not last.quarantined:
            # It grew as the database did, as far as that is known.
            grown = max(1.0, database_bytes / (last.database_bytes or database_bytes or 1))
            likely = int(last.size_bytes * grown)
            return likely, likely * 3 // 2
    return database_bytes // _LEAST_PART, database_bytes
