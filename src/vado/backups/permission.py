"""What must be true before a restore does anything at all."""

from vado.backups.clear import kept_by
from vado.backups.manifest import Manifest
from vado.backups.model import USABLE, RestoreMode, RestoreRequest
from vado.backups.stores import Store
from vado.database import ClientTools, Session, at_neon, load_queries, tools_for
from vado.environments import Environment, identity_of
from vado.errors import ConfirmationRequired, Refused

_QUERIES = {
    **load_queries("vado.backups"),
    **load_queries("vado.backups", "in_place.sql"),
}
_FIRST_WITH_SET_OPTION = 160_000


def usable(environment: Environment, store: Store, request: RestoreRequest) -> Manifest:
    """Return the backup's manifest, unless the request itself is to be refused."""
    manifest = store.read(request.backup_id)
    check_mode(environment, manifest, request.mode)
    if request.mode != "tables":
        check_word(environment, request.confirmation)
    return manifest


def check_word(environment: Environment, confirmation: str | None) -> None:
    """Refuse unless the environment's word was typed."""
    word = environment.confirmation_word
    if confirmation != word:
        raise ConfirmationRequired(
            f"restoring {environment.target.dbname} has to be confirmed",
            hint=f"Confirm with the word {word}.",
            details={"word": word},
        )


def check_mode(environment: Environment, manifest: Manifest, mode: RestoreMode) -> None:
    """Refuse a mode that what the backup is, or where the database lies, rules out."""
    if manifest.state not in USABLE:
        raise Refused(
            f"backup {manifest.id} is {manifest.state}",
            hint="Choose one that is verified.",
            details={"reason": "not_usable", "state": manifest.state},
        )
    if manifest.kind != "dump":
        raise Refused(
            f"backup {manifest.id} is kept by Neon and holds no file",
            hint="Restore it with the mode neon.",
            details={"reason": "kept_by_neon"},
        )
    if manifest.quarantined and mode != "tables":
        raise Refused(
            f"backup {manifest.id} was not taken by this Vado, so it does not replace a database",
            hint="Prove it, or restore tables of it beside the others.",
            details={"reason": "quarantined"},
        )
    if mode == "swap":
        check_not_neon(environment)


def check_not_neon(environment: Environment) -> None:
    """Refuse to rename databases where Neon's control plane has to follow."""
    if environment.neon is not None or at_neon(environment.target):
        raise Refused(
            "a database on Neon cannot be replaced by renaming it",
            hint="Restore in place, or from a snapshot or a branch of Neon.",
            details={"reason": "on_neon"},
        )


def is_elsewhere(environment: Environment, manifest: Manifest) -> bool:
    """Say whether the backup was taken on another server.

    Never refused: that is what it looks like when a lost server was set up anew.
    """
    with environment.session(read_only=True) as session:
        return identity_of(session) != manifest.identity


def check_rights(
    environment: Environment, manifest: Manifest, mode: RestoreMode = "swap"
) -> ClientTools:
    """Refuse what this role, this server or this database does not allow; return the tools."""
    with environment.session(read_only=True) as session:
        tools = tools_for(session.server_version, tls=environment.tls)
        if mode == "swap":
            check_may_rename(session)
            _check_roles_of_backup(session, manifest)
            check_obstacles(session, "obstacles")
            return tools
        _check_may_create(session)
        if mode == "in_place":
            _check_large_objects(session, manifest)
            _check_roles_in_place(session, manifest)
            check_obstacles(session, "obstacles_in_place")
        return tools


def check_obstacles(session: Session, query: str) -> None:
    """Refuse where something is tied to the database that a restore cannot take along."""
    rows = session.rows(_QUERIES[query])
    if rows:
        found, way = [row["name"] for row in rows], "; ".join(row["way"] for row in rows)
        raise Refused(
            f"{session.target.dbname} cannot be replaced: {', '.join(found)} "
            f"{'belong' if len(found) > 1 else 'belongs'} to it and would be lost",
            hint=f"If nobody needs it any more, run {way}; then restore.",
            details={"reason": "obstacles", "obstacles": found, "way": way},
        )


def _check_may_create(session: Session) -> None:
    if not session.value(_QUERIES["may_create"]):
        name, role = session.target.dbname, session.target.user
        raise Refused(
            f"role {role} may not create schemas in the database {name}",
            hint=f"Let its owner run GRANT CREATE ON DATABASE {name} TO {role}.",
            details={"reason": "may_not_create_schemas", "role": role, "database": name},
        )


def _check_large_objects(session: Session, manifest: Manifest) -> None:
    # In place there is no way back to what could not be backed up.
    if "large_objects" in manifest.left_out and session.value(_QUERIES["large_objects"]):
        raise Refused(
            f"backup {manifest.id} was taken without large objects, and the database has some",
            hint="Restore by swap, or restore single tables; both keep them.",
            details={"reason": "large_objects_left_out"},
        )


def check_may_rename(session: Session) -> None:
    """Refuse a role that may not make databases and rename this one."""
    rights = session.row(_QUERIES["rights"]) or {}
    role, name = rights["role"], session.target.dbname
    if not rights["may_create"]:
        raise Refused(
            f"role {role} may not create databases, which a restore by swap needs",
            hint=f"Restore in place, or let a superuser run ALTER ROLE {role} CREATEDB.",
            details={"reason": "may_not_create_databases", "role": role},
        )
    if not rights["owns"]:
        raise Refused(
            f"role {role} does not own the database {name}",
            hint=f"Connect as {rights['owner']}, or as a member of it.",
            details={"reason": "not_owner", "role": role, "owner": rights["owner"]},
        )


def _check_roles_in_place(session: Session, manifest: Manifest) -> None:
    """Refuse owners that stand in the way: those of what is dropped count, too."""
    kept = session.rows(_QUERIES["owners_of_kept_schemas"], schemas=list(kept_by(session).schemas))
    spared = {row["name"] for row in kept}
    owners = {row["name"] for row in session.rows(_QUERIES["owners"])}
    _check_roles(session, sorted(owners - spared), [], "the database")
    needed = [name for name in manifest.owners if name not in spared]
    _check_roles(session, needed, list(manifest.grantees), "the backup")


def _check_roles_of_backup(session: Session, manifest: Manifest) -> None:
    """Owners and grants are part of what is restored: without them applications stand outside."""
    _check_roles(session, list(manifest.owners), list(manifest.grantees), "the backup")


def _check_roles(session: Session, owners: list[str], grantees: list[str], what: str) -> None:
    lacking = session.rows(
        _QUERIES["roles_lacking"],
        owners=owners,
        grantees=grantees,
        privilege="SET" if session.server_version >= _FIRST_WITH_SET_OPTION else "MEMBER",
    )
    unknown = [row["name"] for row in lacking if not row["exists"]]
    if unknown:
        raise Refused(
            f"{what} needs roles that the server does not have: {', '.join(unknown)}",
            hint="Create them, with NOLOGIN if nobody is to use them.",
            details={"reason": "roles_unknown", "roles": unknown},
        )
    if lacking:
        names = [row["name"] for row in lacking]
        raise Refused(
            f"{what} holds objects of roles that you may not act as: {', '.join(names)}",
            hint=f"Have them granted to {session.target.user}, or connect as a superuser.",
            details={"reason": "roles_not_granted", "roles": names},
        )
