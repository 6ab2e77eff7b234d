"""Restoring single tables into a schema of their own, beside everything else.

Of the backup's script nothing runs but what makes those tables: CREATE TABLE, partitions, primary
keys and unique constraints, each under the new schema's name, and the rows. What would reach
another object (foreign keys, triggers, policies, sequences, owners, grants) is left out.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from vado.backups.manifest import Manifest
from vado.backups.model import RestoreRequest
from vado.backups.script import Rows, Script, opened_script, read_rows, read_section, said_encoding
from vado.backups.successor import timed_name
from vado.database import Identifier, Session, connect, load_queries
from vado.environments import Environment
from vado.errors import NotFound, Refused, RestoreFailed, StatementFailed, UsageError
from vado.operations import Job
from vado.schema import identifier, plain_parts
from vado.sql import Statement, parse_script

_QUERIES = {
    **load_queries("vado.backups"),
    **load_queries("vado.backups", "in_place.sql"),
}
_PART = r'(?:"(?:[^"]|"")+"|[^\s".(),]+)'
_NAME = rf"{_PART}\.{_PART}"
_CREATE = re.compile(rf"CREATE (?:UNLOGGED )?TABLE (?P<table>{_NAME}) ")
_INHERITS = re.compile(rf"\nINHERITS \((?P<parents>{_NAME}(?:, {_NAME})*)\)")
_ATTACH = re.compile(rf"ALTER TABLE ONLY (?P<table>{_NAME}) ATTACH PARTITION (?P<part>{_NAME}) ")
_KEY = re.compile(
    rf"ALTER TABLE ONLY (?P<table>{_NAME})\s+ADD CONSTRAINT {_PART} (?:PRIMARY KEY|UNIQUE) "
)
_DIVIDED = "\nPARTITION BY "
_NAMES_TOLD = 10
# A table, schema, function, type or column that is not there.
_GONE = frozenset({"42P01", "3F000", "42883", "42704", "42703"})
_OURS = frozenset({"vado", "vado_control"})

Name = tuple[str, ...]


@dataclass
class _Tables:
    """What the backup's script says of tables, each by its plain name."""

    created: dict[Name, Statement] = field(default_factory=dict)
    parents: dict[Name, list[Name]] = field(default_factory=dict)
    attached: list[tuple[Name, Name, Statement]] = field(default_factory=list)

    def read(self, statement: Statement) -> None:
        """Take what one statement says."""
        if found := _CREATE.match(statement.text):
            name = plain_parts(found["table"])
            self.created[name] = statement
            above = list(_INHERITS.finditer(statement.text))
            names = re.findall(_NAME, above[-1]["parents"]) if above else []
            self.parents[name] = [plain_parts(each) for each in names]
        elif found := _ATTACH.match(statement.text):
            pair = plain_parts(found["table"]), plain_parts(found["part"])
            self.attached.append((*pair, statement))

    def needed(self, wanted: set[Name]) -> dict[Name, bool]:
        """Return the tables that *wanted* take, in the script's order; true: with their rows."""
        rows = set(wanted)
        while more := {part for table, part, _ in self.attached if table in rows} - rows:
            rows |= more
        shapes = set(rows)
        while more := {above for name in shapes for above in self.parents[name]} - shapes:
            shapes |= more
        return {name: name in rows for name in self.created if name in shapes}


def restore_tables(
    environment: Environment,
    manifest: Manifest,
    request: RestoreRequest,
    job: Job,
    finish: Callable[[Session], None],
) -> str:
    """Make a schema that holds the tables as they were, or nothing at all; return its name.

    NotFound, UsageError and Refused come before anything is made. *finish* is a part of the
    transaction.
    """
    with (
        connect(environment.target, application_name=f"vado {job.id}") as session,
        job.on_cancel(session.cancel),
        session.transaction(),
    ):
        session.row(_QUERIES["begin"], lock_timeout="15s")
        job.step("load")
        tables = _read(session, read_section(environment, manifest, job, "pre-data"))
        chosen = tables.needed(_wanted(tables, request, manifest))
        _check_harmless(tables, chosen, manifest)
        schema = _make_schema(session, request)
        new = {name: f"{identifier(schema)}.{identifier(name[-1])}" for name in chosen}
        for statement in _made(tables, new):
            with _told_what_is_gone():
                session.run(statement)
        _load_rows(environment, session, manifest, job, {n: new[n] for n in chosen if chosen[n]})
        keys = read_section(environment, manifest, job, "post-data")
        for statement in _keys(tables, _statements(session, keys), new):
            session.run(statement)
        job.step("compare")
        _compare(session, manifest, schema, chosen)
        finish(session)
    return schema


@contextmanager
def _told_what_is_gone() -> Iterator[None]:
    try:
        yield
    except StatementFailed as error:
        if error.details.get("sqlstate") not in _GONE:
            raise
        raise RestoreFailed(
            f"{error.message}, and a definition in the backup uses it",
            hint="Make it again as it was, or restore the whole backup.",
            details=error.details,
        ) from error


def _statements(session: Session, script: Script) -> tuple[Statement, ...]:
    session.value(_QUERIES["set_encoding"], encoding=script.encoding)
    encoding = session.encoding
    session.value(_QUERIES["set_encoding"], encoding="UTF8")
    return parse_script(script.text.decode(encoding, "replace")).statements


def _read(session: Session, script: Script) -> _Tables:
    tables = _Tables()
    for statement in _statements(session, script):
        tables.read(statement)
    return tables


def _wanted(tables: _Tables, request: RestoreRequest, manifest: Manifest) -> set[Name]:
    names = {text: plain_parts(text) for text in request.tables}
    wanted = {text: ("public", *name) if len(name) == 1 else name for text, name in names.items()}
    unknown = [text for text, name in wanted.items() if name not in tables.created]
    if unknown:
        there = [name for name in manifest.tables or {} if plain_parts(name)[0] != "vado"]
        more = "" if len(there) <= _NAMES_TOLD else f" and {len(there) - _NAMES_TOLD} more"
        raise NotFound(
            f"backup {manifest.id} holds no table {', '.join(unknown)}",
            hint=f"It holds {', '.join(there[:_NAMES_TOLD]) or 'none'}{more}.",
            details={"unknown": unknown},
        )
    return set(wanted.values())


def _check_harmless(tables: _Tables, chosen: dict[Name, bool], manifest: Manifest) -> None:
    plain = [name[-1] for name in chosen]
    if twice := sorted({name for name in plain if plain.count(name) > 1}):
        raise Refused(
            f"more than one of the tables is called {', '.join(twice)}",
            hint="Restore them one after the other, each into a schema of its own.",
        )
    for name in chosen if manifest.quarantined else ():
        if any(node.kind == "FuncCall" for node in tables.created[name].node.walk()):
            raise Refused(
                f"the definition of {'.'.join(name)} calls functions of an unknown author",
                hint="Prove the backup, which restores it into a database of its own.",
            )


def _make_schema(session: Session, request: RestoreRequest) -> str:
    schema = request.schema or timed_name("", "restored", session.value(_QUERIES["server_time"]))
    schema = schema.removeprefix("_") if request.schema is None else schema
    if schema in _OURS or schema.startswith("pg_"):
        raise UsageError(
            f"tables are not restored into the schema {schema}", hint="Give another name."
        )
    if session.value(_QUERIES["schema_exists"], name=schema):
        raise Refused(f"there is a schema {schema} already", hint="Give another name.")
    session.execute(_QUERIES["create_schema"], identifiers={"name": Identifier(schema)})
    return schema


def _made(tables: _Tables, new: dict[Name, str]) -> Iterator[str]:
    for name, to in new.items():
        text = tables.created[name].text
        if above := list(_INHERITS.finditer(text)):
            parents = ", ".join(new[parent] for parent in tables.parents[name])
            text = text[: above[-1].start("parents")] + parents + text[above[-1].end("parents") :]
        yield _renamed(_CREATE, text, table=to)
    for table, part, statement in tables.attached:
        if table in new and part in new:
            yield _renamed(_ATTACH, statement.text, table=new[table], part=new[part])


def _keys(
    tables: _Tables, statements: tuple[Statement, ...], new: dict[Name, str]
) -> Iterator[str]:
    for statement in statements:
        found = _KEY.match(statement.text)
        name = plain_parts(found["table"]) if found else ()
        # A key of a divided table takes the indexes of all its parts.
        if name in new and _DIVIDED not in tables.created[name].text:
            yield _renamed(_KEY, statement.text, table=new[name])


def _renamed(pattern: re.Pattern[str], text: str, **names: str) -> str:
    found = pattern.match(text)
    assert found is not None  # noqa: S101 (chosen by the same pattern)
    for group in sorted(names, key=found.start, reverse=True):
        text = text[: found.start(group)] + names[group] + text[found.end(group) :]
    return text


def _load_rows(
    environment: Environment, session: Session, manifest: Manifest, job: Job, new: dict[Name, str]
) -> None:
    total = sum(n for key, n in (manifest.tables or {}).items() if plain_parts(key) in new)
    done = 0

    def counted(pieces: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal done
        for piece in pieces:
            done += piece.count(b"\n")
            job.progress(min(done, total), total, "rows")
            yield piece

    chosen = [f"--table={name[-1]}" for name in new]
    with opened_script(environment, manifest, job, "--section=data", *chosen) as output:
        for piece in read_rows(output):
            if not isinstance(piece, Rows):
                _take_encoding(session, piece)
                continue
            name = plain_parts(piece.table.decode(session.encoding))
            if name in new:
                session.copy_rows(
                    piece.statement(session.encoding, new[name]), counted(piece.pieces)
                )
            else:
                for _ in piece.pieces:
                    pass  # of the same name, in another schema
    session.value(_QUERIES["set_encoding"], encoding="UTF8")


def _take_encoding(session: Session, statements: bytes) -> None:
    """Of all that is not rows only the encoding matters."""
    if encoding := said_encoding(statements):
        session.value(_QUERIES["set_encoding"], encoding=encoding)


def _compare(session: Session, manifest: Manifest, schema: str, chosen: dict[Name, bool]) -> None:
    for key, expected in (manifest.tables or {}).items():
        name = plain_parts(key)
        if chosen.get(name):
            identifiers = {"table": Identifier(schema, name[-1])}
            found = session.value(_QUERIES["count_rows"], identifiers=identifiers)
            if found != expected:
                raise RestoreFailed(
                    f"{key} has {found} rows after the restore, the backup has {expected}",
                    hint="Keep the backup and report this.",
                )
