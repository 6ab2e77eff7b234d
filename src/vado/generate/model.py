"""What a generated migration consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vado.schema import CatalogueObject, Detail

Key = tuple[str, str]
Action = Literal["save", "drop", "release", "alter", "create", "bind", "fill"]


def alter_noun(table: CatalogueObject | None) -> str:
    """Return what statements call a table that something belongs to."""
    return "TABLE" if table is None else table.kind.replace("_", " ").upper()


@dataclass(frozen=True, slots=True)
class Written:
    """Statements about one object that are run together; each ends with a semicolon."""

    kind: str
    identity: str
    action: Action
    text: str


@dataclass(frozen=True, slots=True)
class Cannot:
    """A difference that no statement takes away, and why."""

    kind: str
    identity: str
    reason: str

    def to_json(self) -> dict[str, str]:
        """Return plain JSON data."""
        return {"kind": self.kind, "identity": self.identity, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Draft:
    """A migration as it was written, not yet tried.

    `carried` are the tables that are made again with their rows, and their places in families:
    where one of these statements fails, the others must not be run.
    """

    written: tuple[Written, ...]
    cannot: tuple[Cannot, ...] = ()
    carried: frozenset[Key] = frozenset()

    @property
    def sql(self) -> str:
        """The script; empty when there is nothing to do."""
        return "".join(f"{item.text}\n" for item in self.written)


@dataclass(frozen=True, slots=True)
class Alteration:
    """How an object is taken from what it is to what it shall be.

    `release` runs before anything goes that the object used, `bind` after everything is there that
    it will use, `main` between. With `rebuild` it is dropped and made again. `retypes`: what uses
    it must make way while it changes (the type of a column).
    """

    release: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    bind: tuple[str, ...] = ()
    rebuild: bool = False
    retypes: bool = False
    cannot: str | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How a migration is to be written.

    `runner` is the role that will run it: what it makes is its own without a word. `thorough`
    makes again by statements what PostgreSQL would otherwise carry along by itself. `ignored` are
    properties that are not compared. `safe` are the tables that others go on working with
    meanwhile: what is done to them takes more and smaller steps, some in no transaction. `frozen`
    objects stay as they are: it was tried, and they could not be made again.
    """

    runner: str | None = None
    thorough: bool = False
    ignored: tuple[str, ...] = ()
    safe: frozenset[str] = frozenset()
    frozen: frozenset[Key] = frozenset()


REBUILD = Alteration(rebuild=True)


@dataclass(frozen=True, slots=True)
class Pair:
    """An object on both sides, and the properties in which the two differ.

    `in_use`: columns are of this type. `using` is how values of a column come to its new type,
    where that needs more than a cast.
    """

    before: CatalogueObject
    after: CatalogueObject
    details: Mapping[str, Detail] = field(default_factory=dict)
    server_version: int = 0
    table: CatalogueObject | None = None
    thorough: bool = False
    safe: bool = False
    in_use: bool = False
    using: str | None = None

    @property
    def identity(self) -> str:
        """What it is called on both sides."""
        return self.after.identity

    @property
    def name(self) -> str:
        """What it is called inside its parent."""
        return self.after.identity.removeprefix(f"{self.after.parent}.")

    @property
    def alter_table(self) -> str:
        """`ALTER TABLE public.t`, for what belongs to a table."""
        return f"ALTER {alter_noun(self.table)} {self.after.parent}"

    def only(self, *names: str) -> bool:
        """Say whether the two differ in nothing but these properties."""
        return set(self.details) <= set(names)
