"""Places where a plan can be tried: a copy of the target's structure that is thrown away."""

import hashlib
import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from vado.backups import scratch_beside, sweep_scratch
from vado.database import (
    EmbeddedServer,
    Identifier,
    Inquiry,
    Question,
    QuotedText,
    Session,
    ask,
    connect,
    load_queries,
    shared_server,
)
from vado.environments import Environment
from vado.errors import VadoError
from vado.operations import Job
from vado.preview import limits
from vado.preview.patient import read_patiently
from vado.preview.plan import Limit, Place
from vado.preview.structure import dumped_structure, load_structure
from vado.schema import Catalogue, fingerprint
from vado.settings import Secret

log = logging.getLogger("vado.preview")

_QUERIES = load_queries("vado.preview")
_LOADER = "vado_loader"
_KEPT_BASES = 6
_ABANDONED_AFTER_S = 3600
_STATEMENT_LIMIT = "10min"
_SHIMMED = ("pgcrypto", "uuid-ossp")


@dataclass(frozen=True)
class Copy:
    """A throw-away database with the target's structure.

    `session` runs the user's statements, with no more power than needed; `superuser` is there for
    what only one may do (extensions), None where the role of the target is all there is.
    """

    place: Place
    session: Session
    superuser: Session | None
    limits: tuple[Limit, ...]
    has_rows: bool = False


@dataclass(frozen=True, slots=True)
class Original:
    """What is to be copied: the target as it was read."""

    environment: Environment
    fingerprint: str
    server_version: int
    roles: tuple[str, ...]
    extensions: tuple[str, ...]


def read_original(environment: Environment, job: Job) -> Original:
    """Read of the target what a copy of it needs."""
    with environment.session(read_only=True) as session:
        catalogue = read_patiently(session, job)
        return original_of(environment, session, catalogue, ask(session, roles_asked()))


def original_of(
    environment: Environment, session: Session, catalogue: Catalogue, roles: tuple[str, ...]
) -> Original:
    """Return what a copy needs of a target whose catalogue was read."""
    return Original(
        environment,
        fingerprint(catalogue),
        session.server_version,
        roles,
        tuple(item.identity.strip('"') for item in catalogue.of_kind("extension")),
    )


def roles_asked() -> Inquiry[tuple[str, ...]]:
    """Find out the roles of the target's server, which grants and policies may name."""
    answers = yield [Question(_QUERIES["roles"])]
    return tuple(row["rolname"] for row in next(answers).rows())


@contextmanager
def embedded_copy(original: Original, job: Job) -> Iterator[Copy]:
    """Make the copy on the embedded server; ToolFailed or another VadoError where it cannot be."""
    server = shared_server(original.environment.state_folder, extensions=_shims())
    with connect(server.target()) as admin:
        _sweep(admin)
        base = _base(server, admin, original, job)
        runner = _Runner(server, admin)
        with runner.database_from(base) as copy:
            yield replace(copy, limits=_embedded_limits(original, copy))


@contextmanager
def embedded_empty(original: Original, job: Job) -> Iterator[Copy]:
    """Make an empty database on the embedded server, where the target's roles are known."""
    job.check()
    server = shared_server(original.environment.state_folder, extensions=_shims())
    with connect(server.target()) as admin:
        _sweep(admin)
        _make_roles(admin, original.roles)
        with _Runner(server, admin).database_from("template0") as copy:
            yield replace(copy, limits=_embedded_limits(original, copy))


@contextmanager
def with_power_of_restore(copy: Copy) -> Iterator[Copy]:
    """Run what was dumped as it would be restored; afterwards all of it belongs to the runner."""
    superuser = copy.superuser
    if superuser is None:
        yield copy
        return
    superuser.execute(_QUERIES["become"], identifiers={"role": Identifier(_LOADER)})
    try:
        yield replace(copy, session=superuser)
    finally:
        superuser.execute(_QUERIES["become_oneself"])
    superuser.execute(_QUERIES["give_up_superuser_objects"])
    _execute(superuser, "hand_over", loader=_LOADER, runner=copy.session.target.user)


def _shims() -> Path:
    return Path(str(resources.files("vado.preview") / "shims"))


def _embedded_limits(original: Original, copy: Copy) -> tuple[Limit, ...]:
    found = [limits.no_rows(), limits.privileges_not_tried()]
    if original.server_version // 10000 != copy.session.server_version // 10000:
        found.append(
            limits.server_version_differs(
                _version(original.server_version), _version(copy.session.server_version)
            )
        )
    found.extend(limits.shimmed_extension(n) for n in _SHIMMED if n in original.extensions)
    return tuple(found)


def _version(number: int) -> str:
    return f"{number // 10000}.{number % 10000}"


def _base(server: EmbeddedServer, admin: Session, original: Original, job: Job) -> str:
    """Return the name of the kept copy for this fingerprint, made now if there is none."""
    key = hashlib.sha256(repr((original.fingerprint, original.roles)).encode()).hexdigest()[:24]
    name = f"vado_base_{key}"
    if admin.value(_QUERIES["database_exists"], name=name):
        return name
    building = f"vado_building_{int(time.time())}_{secrets.token_hex(4)}"
    _execute(admin, "create_empty", database=building)
    try:
        _make_roles(admin, original.roles)
        target = server.target(building)
        with dumped_structure(original.environment.target, original.server_version, job) as dump:
            load_structure(dump, target, admin.server_version, job, _LOADER)
        with connect(target) as session:
            session.execute(_QUERIES["give_up_superuser_objects"])
        with suppress(VadoError):  # somebody else may have finished the same one meanwhile
            _execute(admin, "rename_database", old=building, new=name)
    finally:
        _execute(admin, "drop_database", database=building)
    _forget_old_bases(admin)
    return name


def _make_roles(admin: Session, names: tuple[str, ...]) -> None:
    if not admin.value(_QUERIES["role_exists"], name=_LOADER):
        with suppress(VadoError):
            _execute(admin, "create_loader", role=_LOADER)
    for name in names:
        if not admin.value(_QUERIES["role_exists"], name=name):
            with suppress(VadoError):
                _execute(admin, "create_group", role=name)


def _forget_old_bases(admin: Session) -> None:
    for row in admin.rows(_QUERIES["databases"], pattern="vado\\_base\\_%")[_KEPT_BASES:]:
        with suppress(VadoError):  # a rehearsal may be copying it just now
            _execute(admin, "drop_database", database=row["datname"])


def _sweep(admin: Session) -> None:
    """Remove what rehearsals that were killed left behind."""
    for what in ("scratch", "building"):
        sweep_scratch(admin, what)


def _execute(session: Session, query: str, **names: str) -> None:
    session.execute(
        _QUERIES[query], identifiers={key: Identifier(name) for key, name in names.items()}
    )


class _Runner:
    """One rehearsal on the embedded server: a role without power, and a database of its own.

    Migrations are other people's text: run as a superuser, one `copy to program` in them would be
    a command on this machine.
    """

    def __init__(self, server: EmbeddedServer, admin: Session) -> None:
        self._server = server
        self._admin = admin
        self._role = f"vado_runner_{int(time.time())}_{secrets.token_hex(4)}"
        self._password = secrets.token_urlsafe(24)
        self._database = f"vado_scratch_{int(time.time())}_{secrets.token_hex(4)}"

    @contextmanager
    def database_from(self, base: str) -> Iterator[Copy]:
        self._admin.execute(
            _QUERIES["create_runner"],
            identifiers={"role": Identifier(self._role), "password": QuotedText(self._password)},
        )
        try:
            _execute(
                self._admin,
                "create_copy",
                database=self._database,
                owner=self._role,
                template=base,
            )
            with self._sessions() as copy:
                yield copy
        finally:
            _execute(self._admin, "drop_database", database=self._database)
            # Only its own: others may be rehearsing beside it.
            made = self._admin.rows(_QUERIES["roles_made_by"], name=self._role)
            for role in (*(row["rolname"] for row in made), self._role):
                with suppress(VadoError):  # it may own something in another database
                    _execute(self._admin, "drop_role", role=role)

    @contextmanager
    def _sessions(self) -> Iterator[Copy]:
        own = self._server.target(self._database)
        with connect(own) as superuser:
            _execute(superuser, "hand_over", loader=_LOADER, runner=self._role)
            _execute(superuser, "allow_everything", database=self._database, runner=self._role)
            target = replace(own, user=self._role, password=Secret(self._password))
            with connect(target) as session:
                limit_statements(session)
                limit_statements(superuser)
                yield Copy("embedded", session, superuser, ())


def limit_statements(session: Session, limit: str = _STATEMENT_LIMIT) -> None:
    """Let no statement of a rehearsal run for ever."""
    session.rows(_QUERIES["statement_timeout"], limit=limit)


@contextmanager
def scratch_copy(original: Original, job: Job) -> Iterator[Copy]:
    """Make the copy as another database of the target's own server."""
    target = original.environment.target
    with scratch_beside(target) as scratch:
        with dumped_structure(target, original.server_version, job) as dump:
            load_structure(dump, scratch, original.server_version, job)
        with connect(scratch) as copy:
            limit_statements(copy)
            yield Copy("scratch", copy, None, (limits.no_rows(),))


@contextmanager
def scratch_empty(original: Original, job: Job) -> Iterator[Copy]:
    """Make an empty database on the target's own server."""
    job.check()
    with scratch_beside(original.environment.target) as scratch, connect(scratch) as copy:
        limit_statements(copy)
        yield Copy("scratch", copy, None, (limits.no_rows(),))
