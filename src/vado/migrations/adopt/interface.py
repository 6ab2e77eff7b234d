"""What a reader of another tool hands over: its files, its ledger, and what is wrong with them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from vado.database import Session


@dataclass(frozen=True, slots=True)
class ForeignMigration:
    """One migration of another tool, in that tool's order.

    `key` is what the tool's ledger calls it; `stamp` a time of its own as 14 digits; `checksum` is
    computed from the file as the tool computes it, None where the tool keeps none.
    """

    key: str
    name: str
    source: Path
    up: str = field(repr=False)
    down: str | None = field(default=None, repr=False)
    stamp: int | None = None
    checksum: str | None = None
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What the tool's own ledger says of one migration; `kept` are its further columns."""

    checksum: str | None = None
    applied_at: datetime | None = None
    kept: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stands in the way: a code for faces, the file or key it is about, and why.

    An acceptable one can be accepted together with differences; any other has to be put right.
    """

    code: str
    subject: str
    message: str
    acceptable: bool = False
    hint: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "code": self.code,
            "subject": self.subject,
            "message": self.message,
            "acceptable": self.acceptable,
            "hint": self.hint,
        }


@dataclass(frozen=True, slots=True)
class Files:
    """What the tool's folder holds."""

    folder: Path
    migrations: tuple[ForeignMigration, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


Entries = Mapping[str, LedgerEntry]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the tool's ledger holds, by key; `belongings` are its tables or its whole schema."""

    table: str
    belongings: tuple[str, ...]
    entries: Entries
    problems: tuple[Problem, ...] = ()


class Reader(ABC):
    """Reads one tool's projects; it writes nothing, neither in the folder nor in the database."""

    tool: ClassVar[str]
    # Whether Vado's own format covers the tool's files, so that they are read where they lie.
    native: ClassVar[bool] = False
    # Whether they are Vado's own format, so that copies of them would only be twins.
    only_in_place: ClassVar[bool] = False

    @abstractmethod
    def find(self, root: Path) -> Path | None:
        """Return the tool's folder in (or at) *root*, None when this is no project of it."""

    @abstractmethod
    def files(self, folder: Path) -> Files:
        """Read the migrations of the folder that `find` returned."""

    @abstractmethod
    def ledger(self, session: Session) -> Ledger | None:
        """Read the tool's ledger, None when the database has none."""

    def applied(self, files: Files, ledger: Ledger) -> Entries:
        """Return what is applied by the ledger; keys without a file are told as missing."""
        del files
        return ledger.entries


def first_folder(root: Path, candidates: Sequence[str]) -> list[Path]:
    """Return the folders among *candidates* that exist, *root* itself last."""
    return [folder for name in (*candidates, ".") if (folder := root / name).is_dir()]
