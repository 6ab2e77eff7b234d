"""Migration files: names, markers, sections and the checksum. docs/formats.md fixes the format."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vado.errors import MigrationFileInvalid, NotFound

if TYPE_CHECKING:
    from vado.sql import Script, SqlError

CHECKSUM_ALGORITHM = "sha256-lf"
# The parse tree of a text takes a hundred times its size in memory.
MAX_FILE_BYTES = 10_000_000
MAX_SLUG = 80

_NAME = re.compile(r"(?P<version>[0-9]{1,20})_(?P<name>[^/\\]{1,200})\.sql")
# At the beginning of a line, whatever ends the one before; after a byte order mark too. The dashes
# come first in the pattern, so that they are searched for and not every place is tried.
_BEGINS_LINE = r"--(?:(?<=\A--)|(?<=\A --)|(?<=[\r\n]--))"
_MARKER = rf"(?i){_BEGINS_LINE}[ \t]*(?:migrate:{{0}}|\+goose[ \t]+{{0}})\b(?P<options>[^\r\n]*)"
_VERSION_NUMBER = re.compile(r"[0-9]{1,20}")
_UP = re.compile(_MARKER.format("up"))
_DOWN = re.compile(_MARKER.format("down"))
_COMMENTS = re.compile(r"(?:[ \t]*(?:--[^\r\n]*)?[\r\n])*[ \t]*")
_NOT_LINE_END = re.compile(r"[^\r\n]")
_TRANSACTION = re.compile(r"\btransaction:(\w*)", re.IGNORECASE)
# A header of Vado's own: a comment that stands before the first statement.
_LOCK_TIMEOUT = re.compile(
    r"(?:\A ?|(?<=[\r\n]))--[ \t]*vado:[^\r\n]*?\block_timeout=(?P<value>[^\s]*)", re.IGNORECASE
)
_DURATION = re.compile(r"(?P<number>[0-9]{1,9})[ \t]*(?P<unit>ms|s|min)")
_UNIT_MS = {"ms": 1, "s": 1_000, "min": 60_000}
_LONGEST_MS = 2_147_483_647
_GOOSE_NO_TRANSACTION = re.compile(
    r"(?:\A ?|(?<=[\r\n]))--[ \t]*\+goose[ \t]+no[ \t]+transaction\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Migration:
    """One file of the migrations folder; `up` and `down` keep the places they have in the file.

    One that `undoes` stands for the way back: what it runs is the *down* section of a file. Of a
    half-done one `way` says whether it is that, or made from the statements that are done; `places`
    are then those of the statements that are taken back.
    """

    version: str
    name: str
    path: Path
    text: str = field(repr=False)
    up: str = field(repr=False)
    down: str | None = field(repr=False)
    transaction: bool = True
    down_transaction: bool = True
    undoes: bool = False
    lock_timeout_ms: int | None = None
    way: Literal["done", "down"] | None = None
    places: tuple[tuple[int, int], ...] = ()

    @property
    def number(self) -> int:
        """The version as a number, by which migrations are ordered."""
        return int(self.version)

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of the text, so that an editor's BOM or line ends change nothing."""
        return checksum(self.text)

    @cached_property
    def script(self) -> "Script":
        """The *up* section, parsed; positions are those of the file."""
        return _parsed(self.up)

    def require_sound(self) -> None:
        """Raise MigrationFileInvalid at the first thing that cannot be run."""
        if self.script.errors:
            raise self._fault(self.script.errors[0])

    def _fault(self, error: "SqlError") -> MigrationFileInvalid:
        return MigrationFileInvalid(
            f"{self.path.name}:{error.line}:{error.column}: {error.message}",
            hint=error.hint or "Correct the SQL at that place.",
            details={
                "version": self.version,
                "file": self.path.name,
                "line": error.line,
                "column": error.column,
                "reason": error.code,
            },
        )


def _parsed(text: str) -> "Script":
    # Loaded here: the parser takes longer to load than a status takes.
    from vado.sql import parse_script  # noqa: PLC0415

    return parse_script(text)


def checksum(text: str) -> str:
    """Return the SHA-256 of *text* in UTF-8, byte order mark off, line ends as LF."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(plain.encode()).hexdigest()


def read_folder(folder: Path) -> list[Migration]:
    """Read every migration of *folder*, in the order to apply them."""
    if not folder.is_dir():
        raise NotFound(
            f"there is no migrations folder {folder}",
            hint="`vado new NAME` creates it, or name another with --migrations.",
        )
    # Hidden files are an editor's, not the project's.
    paths = sorted(path for path in folder.glob("*.sql") if not path.name.startswith("."))
    found = sorted((read_migration(path) for path in paths), key=lambda m: m.number)
    _refuse_duplicates(found)
    return found


def numbers_in(folder: Path) -> set[int]:
    """Return the versions that are taken, by the names alone."""
    names = (_NAME.fullmatch(path.name) for path in folder.glob("*.sql"))
    return {int(match["version"]) for match in names if match}


def _refuse_duplicates(migrations: Sequence[Migration]) -> None:
    for one, other in pairwise(migrations):
        if one.number == other.number:
            raise MigrationFileInvalid(
                f"{one.path.name} and {other.path.name} have the same version",
                hint="Give one of them a version of its own.",
                details={"files": [one.path.name, other.path.name]},
            )


def read_migration(path: Path) -> Migration:
    """Read one file."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise _invalid(
            path, "is not named like a migration", "Name it YYYYMMDDHHMMSS_what_it_does.sql."
        )
    if path.exists() and not path.is_file():
        # Reading a pipe would wait for ever.
        raise _invalid(path, "is not a file", "Put it elsewhere, or name it otherwise.")
    return migration_of(match["version"], match["name"], path, read_text(path))


def migration_of(version: str, name: str, path: Path, text: str) -> Migration:
    """Make a migration of a text."""
    sections = _sections(path, text)
    return Migration(
        version, name, path, text, *sections, lock_timeout_ms=_lock_timeout(path, text)
    )


def read_text(path: Path) -> str:
    """Read a file as UTF-8 text; MigrationFileInvalid when that cannot be."""
    try:
        # A link that leads out of the folder could show files that are not the project's.
        if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
            raise _invalid(path, "is a link that leaves the folder", "Put the file itself there.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _too_large(path)
        data = path.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself, before Python 3.13
        reason = getattr(error, "strerror", None) or "the link leads nowhere"
        raise _invalid(path, f"cannot be read: {reason}", "Check its permissions.") from error
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        # What stands before the place is sound, and counted as editors show it.
        sound = data[: error.start].decode()
        line, column = sound.count("\n") + 1, len(sound) - sound.rfind("\n")
        raise MigrationFileInvalid(
            f"{path.name}:{line}:{column}: the text is not UTF-8",
            hint="Save the file as UTF-8.",
            details={"file": path.name, "line": line, "column": column},
        ) from error


def _too_large(path: Path) -> MigrationFileInvalid:
    size = f"{MAX_FILE_BYTES // 1_000_000} MB"
    return _invalid(path, f"is larger than {size}", "Split the migration, or load data otherwise.")


def check_text(path: Path, text: str) -> None:
    """Raise MigrationFileInvalid for a text that could not be read as a migration once written."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError as error:
        raise _invalid(
            path, "would contain half a character", "Remove it, or save as UTF-8."
        ) from error
    if b"\x00" in encoded:
        raise _invalid(path, "would contain a NUL byte", "Remove it.")
    if len(encoded) > MAX_FILE_BYTES:
        raise _too_large(path)
    _sections(path, text)
    _lock_timeout(path, text)


def _invalid(path: Path, what: str, hint: str) -> MigrationFileInvalid:
    return MigrationFileInvalid(f"{path.name} {what}", hint=hint, details={"file": path.name})


def _sections(path: Path, text: str) -> tuple[str, str | None, bool, bool]:
    """Return up and down with all else blanked out, and whether each wants a transaction."""
    body = text.replace("\ufeff", " ", 1) if text.startswith("\ufeff") else text
    ups, downs = list(_UP.finditer(body)), list(_DOWN.finditer(body))
    if not ups and not downs:
        return body, None, True, True
    _check_markers(path, body, ups, downs)
    up, down = ups[0], downs[0] if downs else None
    transaction = _in_transaction(path, body, up["options"])
    up_end = down.start() if down else len(body)
    return (
        _only(body, up.end(), up_end),
        _only(body, down.end(), len(body)) if down else None,
        transaction,
        _in_transaction(path, body, down["options"]) if down else True,
    )


def _in_transaction(path: Path, body: str, options: str) -> bool:
    if _GOOSE_NO_TRANSACTION.search(body):
        return False
    said = _TRANSACTION.search(options)
    if said is None:
        return True
    word = said[1].lower()
    if word not in {"true", "false"}:
        raise _invalid(path, f"says transaction:{said[1]}", "Write transaction:false, or nothing.")
    return word == "true"


def _lock_timeout(path: Path, text: str) -> int | None:
    """Return the limit in milliseconds that `-- vado: lock_timeout=10s` asks for, if it is there.

    0 is PostgreSQL's word for no limit.
    """
    if "vado:" not in text.lower():
        return None
    body = text.removeprefix("\ufeff")
    before = _COMMENTS.match(body)
    for header in _LOCK_TIMEOUT.finditer(before[0] if before else ""):
        limit = _DURATION.fullmatch(header["value"].lower())
        spent = int(limit["number"]) * _UNIT_MS[limit["unit"]] if limit else _LONGEST_MS + 1
        if spent > _LONGEST_MS:
            raise _invalid(
                path,
                f"says lock_timeout={header['value']}",
                "Write a number with ms, s or min: -- vado: lock_timeout=10s.",
            )
        return spent
    return None


def _check_markers(
    path: Path, body: str, ups: list[re.Match[str]], downs: list[re.Match[str]]
) -> None:
    if len(ups) != 1 or len(downs) > 1:
        raise _invalid(
            path,
            "must have one migrate:up and at most one migrate:down",
            "Write -- migrate:up, then the SQL, then -- migrate:down.",
        )
    if downs and downs[0].start() < ups[0].start():
        raise _invalid(path, "has migrate:down before migrate:up", "Put migrate:up first.")
    before = body[: ups[0].start()]
    if not _COMMENTS.fullmatch(before):
        script = _parsed(before)
        if script.statements or script.errors:
            raise _invalid(path, "has SQL before migrate:up", "Move it below the marker.")


def _only(text: str, start: int, end: int) -> str:
    # Same length and same lines: every place found in a section is a place in the file.
    return _NOT_LINE_END.sub(" ", text[:start]) + text[start:end]


def version_number(text: str) -> int | None:
    """Return a version that was typed as the number it is compared by; None when it is none."""
    return int(text) if _VERSION_NUMBER.fullmatch(text) else None


def slug(name: str) -> str:
    """Turn what the user calls a migration into the second part of its file name."""
    # An accent is dropped, not the letter under it.
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "_", letters.lower()).strip("_")
    return plain[:MAX_SLUG].rstrip("_")
