"""Making sure that a loaded database is what the manifest says, down to the rows of each table."""

from vado.backups.manifest import Manifest
from vado.backups.silence import keep_still
from vado.database import Identifier, Session, Target, connect, load_queries
from vado.errors import RestoreFailed
from vado.operations import Job
from vado.schema import fingerprint, plain_parts, read_catalogue

_QUERIES = load_queries("vado.backups")
_IN_PLACE = load_queries("vado.backups", "in_place.sql")
_HINT = "Keep the backup and report this; verify says whether the file itself is whole."


def compare(target: Target, manifest: Manifest, job: Job) -> None:
    """Raise RestoreFailed unless fingerprint and row counts are those of the manifest.

    Leaves planner statistics behind, so that the database is as quick as before from the first
    query on.
    """
    with (
        connect(target, application_name="vado restore") as session,
        job.on_cancel(session.cancel),
    ):
        keep_still(session)
        compare_within(session, manifest, job)


def compare_within(session: Session, manifest: Manifest, job: Job) -> None:
    """Do the same in a session of the caller's, in whose transaction it may be."""
    _compare_schema(session, manifest, job)
    _compare_rows(session, manifest, job)
    session.execute(_QUERIES["analyze"])


def _compare_schema(session: Session, manifest: Manifest, job: Job) -> None:
    found, expected = fingerprint(read_catalogue(session)), manifest.fingerprint or ""
    if found != expected and session.value(_IN_PLACE["empty_public"]):
        # A dump does not say that there was no schema public.
        session.execute(_IN_PLACE["drop_public"])
        found = fingerprint(read_catalogue(session))
    if found.split(":")[:2] != expected.split(":")[:2]:
        job.log(
            "the schema was not compared: the backup is of another major version",
            "schema_not_compared",
        )
    elif found != expected:
        raise RestoreFailed(
            "the restored schema is not the one that was backed up",
            hint=_HINT,
            details={"fingerprint": found, "expected": expected},
        )


def _compare_rows(session: Session, manifest: Manifest, job: Job) -> None:
    session.execute(_QUERIES["see_all_rows"])
    comparable = {(row["schema"], row["name"]) for row in session.rows(_QUERIES["whole_tables"])}
    tables = manifest.tables or {}
    for number, (identity, expected) in enumerate(tables.items()):
        parts = plain_parts(identity)
        if parts in comparable:
            identifiers = {"table": Identifier(*parts)}
            found = session.value(_QUERIES["count_rows"], identifiers=identifiers)
            if found != expected:
                raise RestoreFailed(
                    f"{identity} has {found} rows after the restore, the backup has {expected}",
                    hint=_HINT,
                )
        job.progress(number + 1, len(tables), "tables")
