"""What must be true before a restore does anything at all."""

from vado.backups.manifest import Manifest
from vado.backups.model import RestoreRequest
from vado.backups.stores import Store
from vado.database import ClientTools, Session, load_queries, tools_for
from vado.environments import Environment, identity_of
from vado.errors import ConfirmationRequired, Refused
from vado.operations import Job

_QUERIES = load_queries("vado.backups")
_NEON = ".neon.tech"
_USABLE = frozenset({"ready", "verified", "proven"})
_FIRST_WITH_SET_OPTION = 160_000


def usable(environment: Environment, store: Store, request: RestoreRequest) -> Manifest:
    """Return the backup's manifest, unless the request itself is to be refused."""
    word = environment.confirmation_word
    manifest = store.read(request.backup_id)
    if manifest.state not in _USABLE:
        raise Refused(
            f"backup {manifest.id} is {manifest.state}", hint="Choose one that is verified."
        )
    if environment.target.host.endswith(_NEON):
        raise Refused(
            "a database on Neon cannot be replaced by renaming it",
            hint="Restore it from a snapshot or a branch in Neon's console.",
        )
    if request.confirmation != word:
        raise ConfirmationRequired(
            f"restoring {environment.target.dbname} has to be confirmed",
            hint=f"Confirm with the word {word}.",
            details={"word": word},
        )
    return manifest


def check_rights(environment: Environment, manifest: Manifest, job: Job) -> ClientTools:
    """Refuse what this role, this server or this database does not allow; return the tools."""
    with environment.session(read_only=True) as session:
        if identity_of(session) != manifest.identity:
            # Not refused: that is what it looks like when a lost server was set up anew.
            job.log(
                "the backup was taken on another server that had this address", "another_server"
            )
        tools = tools_for(session.server_version, tls=environment.tls)
        _check_role(session)
        _check_roles_of_backup(session, manifest)
        found = [row["name"] for row in session.rows(_QUERIES["obstacles"])]
    if found:
        raise Refused(
            f"{environment.target.dbname} cannot be replaced: {', '.join(found)} belongs to it",
            hint="Remove what belongs to the database itself, then restore.",
            details={"obstacles": found},
        )
    return tools


def _check_role(session: Session) -> None:
    rights = session.row(_QUERIES["rights"]) or {}
    role, name = rights["role"], session.target.dbname
    if not rights["may_create"]:
        raise Refused(
            f"role {role} may not create databases, which a restore needs",
            hint=f"Let a superuser run ALTER ROLE {role} CREATEDB, or connect as another role.",
        )
    if not rights["owns"]:
        raise Refused(
            f"role {role} does not own the database {name}",
            hint=f"Connect as {rights['owner']}, or as a member of it.",
        )


def _check_roles_of_backup(session: Session, manifest: Manifest) -> None:
    """Owners and grants are part of what is restored: without them applications stand outside."""
    lacking = session.rows(
        _QUERIES["roles_lacking"],
        owners=list(manifest.owners),
        grantees=list(manifest.grantees),
        privilege="SET" if session.server_version >= _FIRST_WITH_SET_OPTION else "MEMBER",
    )
    unknown = [row["name"] for row in lacking if not row["exists"]]
    if unknown:
        raise Refused(
            f"the backup needs roles that the server does not have: {', '.join(unknown)}",
            hint="Create them, with NOLOGIN if nobody is to use them.",
            details={"roles": unknown},
        )
    if lacking:
        names = [row["name"] for row in lacking]
        raise Refused(
            f"the backup holds objects of roles that you may not act as: {', '.join(names)}",
            hint=f"Have them granted to {session.target.user}, or connect as a superuser.",
            details={"roles": names},
        )
