"""Emptying a database: everything that belongs to users goes, in the transaction of the caller."""

from dataclasses import dataclass

from vado.database import Session, load_queries

_QUERIES = load_queries("vado.backups", "in_place.sql")


@dataclass(frozen=True, slots=True)
class Kept:
    """What this role could not make again: extensions, and the schemas that hold them."""

    extensions: tuple[str, ...]
    schemas: tuple[str, ...]


def kept_by(session: Session) -> Kept:
    """Ask what has to stay."""
    extensions = [row["name"] for row in session.rows(_QUERIES["kept_extensions"])]
    schemas = session.rows(_QUERIES["kept_schemas"], kept=extensions)
    return Kept(tuple(extensions), tuple(row["name"] for row in schemas))


def clear(session: Session, kept: Kept) -> None:
    """Drop all that belongs to users, apart from *kept* and Vado's control schema.

    What is left is a database as a dump expects it: as the server makes a new one.
    """
    extensions, schemas = list(kept.extensions), list(kept.schemas)
    # First, while the schemas that they speak of are there.
    _run_all(session, session.rows(_QUERIES["default_rights"]))
    objects = session.rows(_QUERIES["clearing"], kept=extensions, kept_schemas=schemas)
    _run_all(session, objects)
    session.value(_QUERIES["unlink_large_objects"])
    _run_all(session, session.rows(_QUERIES["extension_rows"], kept=extensions))
    make_public_plain(session)


def make_public_plain(session: Session) -> None:
    """Make the schema public what a dump begins with; its rights differ between versions."""
    _run_all(session, session.rows(_QUERIES["plain_public"]))


def _run_all(session: Session, rows: list[dict[str, str]]) -> None:
    # Printed by the server with all names quoted, so each is one statement.
    if rows:
        text = "".join(f"{row['statement']};\n" for row in rows)
        session.run_script(text.encode(session.encoding))
