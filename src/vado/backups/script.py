r"""The script that pg_restore makes of an archive, read as pieces that a session can run.

psql is never run: a script may hold commands of psql's own, and so does every one of pg_restore's
(`\restrict`). What would begin or end a transaction is left out, so that all of it is one: plain
`pg_restore --file=-` puts BEGIN and COMMIT around large objects.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from vado.backups.client import Command, running
from vado.backups.encryption import opened
from vado.backups.manifest import Manifest
from vado.backups.stores import store_of
from vado.database import tools_for
from vado.environments import Environment
from vado.errors import BackupDamaged
from vado.operations import Job

_PIECE_BYTES = 2**18
_ONE_SCRIPT = ("--single-transaction", "--file=-")
_END = b"\n\\.\n"
_QUOTES = re.compile(rb"['\"]")
_NAME = rb'(?:"(?:[^"]|"")+"|[^\s".(),]+)'
_COPY = re.compile(
    rb"COPY (?P<table>" + _NAME + rb"(?:\." + _NAME + rb")?) "
    rb"(?:\((?P<columns>" + _NAME + rb"(?:, " + _NAME + rb")*)\))? FROM stdin;\n"
)
_ENCODING = re.compile(rb"^SET client_encoding = '(?P<name>[A-Za-z0-9_]+)';\n", re.MULTILINE)
_HEAD_ENDS = b"SET row_security = off;\n"
# What holds for psql, for the transaction that the caller has, or not on servers before 17.
_LEFT_OUT = re.compile(
    rb"^(?:\\(?:un)?restrict \w+|BEGIN;|COMMIT;|SET transaction_timeout = \w+;)\n", re.MULTILINE
)
_TAIL = re.compile(rb"\n(?:COMMIT;\s+)?(?:--[^\n]*\n\s*)*(?:\\unrestrict \w+\s*)?\Z")
_UTF8 = "UTF8"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, as COPY takes them; they have to be read before the next piece."""

    table: bytes
    columns: bytes
    pieces: Iterator[bytes]

    def statement(self, encoding: str, table: str | None = None) -> str:
        """Return the COPY that takes them, into *table* if another one is said."""
        columns = f" ({self.columns.decode(encoding)})" if self.columns else ""
        return f"COPY {table or self.table.decode(encoding)}{columns} FROM stdin"


@dataclass(frozen=True, slots=True)
class Script:
    """The whole text of a section without rows, in the archive's encoding."""

    text: bytes
    encoding: str


def said_encoding(text: bytes) -> str | None:
    """Return the encoding that statements of a script set, if they do."""
    found = _ENCODING.search(text)
    return found["name"].decode() if found else None


@contextmanager
def opened_script(
    environment: Environment, manifest: Manifest, job: Job, *arguments: str
) -> Iterator[IO[bytes]]:
    """Have pg_restore print what *arguments* choose of a backup; it has to be read to its end.

    This runs inside of `whole_file`. Raises ToolFailed when pg_restore does not come to its end,
    whatever was read before.
    """
    # Without a connection only the version matters, and it is the archive's that does.
    tools = tools_for(manifest.server_version_num, tls=False)
    path = store_of(environment).file(manifest.id)
    with opened(environment, manifest, path) as archive:
        command = Command(
            argv=[tools.pg_restore, *_ONE_SCRIPT, *arguments, *archive.arguments],
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=archive.stdin,
            pipes_output=True,
        )
        with running(command, job) as run:
            try:
                yield run.output
            except BackupDamaged:
                run.finish()  # whoever ended pg_restore is the cause, and not the file
                raise


def read_section(
    environment: Environment, manifest: Manifest, job: Job, section: str, *arguments: str
) -> Script:
    """Return all statements of the section "pre-data" or "post-data"."""
    with opened_script(environment, manifest, job, f"--section={section}", *arguments) as output:
        return _trimmed(output.read())


def _trimmed(text: bytes) -> Script:
    head, ending, body = text.partition(_HEAD_ENDS)
    tail = _TAIL.search(body)
    if not ending or tail is None:
        raise BackupDamaged("the backup's script is not one that this Vado knows")
    text = _LEFT_OUT.sub(b"", head) + ending + body[: tail.start() + 1]
    return Script(text, said_encoding(head) or _UTF8)


def read_rows(output: IO[bytes]) -> Iterator[bytes | Rows]:
    """Yield the statements of the section "data" in bundles, and the rows between them."""
    source, bundle = _Source(output.read), b""
    while statement := source.statement():
        if found := _COPY.fullmatch(statement):
            if bundle:
                yield bundle
            bundle = b""
            yield Rows(found["table"], found["columns"] or b"", source.rows())
        elif not _LEFT_OUT.fullmatch(statement):
            bundle += statement
            if len(bundle) > _PIECE_BYTES:
                yield bundle
                bundle = b""
    if bundle:
        yield bundle


class _Source:
    """The bytes of a data section; quotes are followed, since names may hold line breaks."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._data = b""

    def statement(self) -> bytes:
        """Return the next statement with its end of line; nothing at the end of the script."""
        statement, quote = b"", None
        while line := self._line():
            # A comment may hold any quote, but never a line break of its own.
            if not statement and (line == b"\n" or line.startswith(b"--")):
                continue
            statement += line
            for found in _QUOTES.findall(line):
                quote = found if quote is None else None if found == quote else quote
            if quote is None and (line.endswith(b";\n") or statement.startswith(b"\\")):
                return statement
        if statement:
            raise _ended()
        return b""

    def _line(self) -> bytes:
        parts = []
        while (end := self._data.find(b"\n") + 1) == 0:
            parts.append(self._data)
            self._data = self._read(_PIECE_BYTES)
            if not self._data:
                if any(parts):
                    raise _ended()
                return b""
        parts.append(self._data[:end])
        self._data = self._data[end:]
        return b"".join(parts)

    def rows(self) -> Iterator[bytes]:
        """Yield the rows up to the end mark, however long one of them is."""
        # The first row begins a line as all others do, and may itself be the end mark.
        data, skip = b"\n" + self._data, 1
        while (end := data.find(_END)) < 0:
            if len(data) > len(_END):
                yield data[skip : 1 - len(_END)]
                data, skip = data[1 - len(_END) :], 0
            more = self._read(_PIECE_BYTES)
            if not more:
                raise _ended()
            data += more
        self._data = data[end + len(_END) :]
        if rest := data[skip : end + 1]:
            yield rest


def _ended() -> BackupDamaged:
    return BackupDamaged("the backup ends in the middle of its data")
