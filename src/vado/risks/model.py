"""What a risk is, and what a rule is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from vado.risks.places import Place

if TYPE_CHECKING:
    # A subject is what a rule looks at; it is built from these very classes.
    from vado.risks.subject import Subject

Level = Literal["low", "medium", "high", "critical"]
Category = Literal["data_loss", "lock", "rewrite", "compatibility", "access", "integrity"]
Lock = Literal["ACCESS EXCLUSIVE", "EXCLUSIVE", "SHARE ROW EXCLUSIVE", "SHARE"]
Params = Mapping[str, str | int]

# What other sessions cannot do meanwhile.
BLOCKS: Mapping[Lock, str] = {
    "ACCESS EXCLUSIVE": "reads and writes",
    "EXCLUSIVE": "writes",
    "SHARE ROW EXCLUSIVE": "writes",
    "SHARE": "writes",
}

# What is read or written of so few rows takes milliseconds.
SMALL_TABLE_ROWS = 10_000

LEVELS: tuple[Level, ...] = get_args(Level)


def lowered(level: Level) -> Level:
    """Return the level below, the lowest stays."""
    return LEVELS[max(LEVELS.index(level) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Risk:
    """One hazard of one statement; places are 1-based characters, the end is exclusive.

    `script` and `statement` are indexes; message and remedy are English, and any other language
    is made from rule, `params["variant"]` and params (see `texts`). `suppressed` is the reason that
    a comment in the file gives for allowing it.
    """

    rule: str
    level: Level
    category: Category
    script: int
    statement: int
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    remedy: str
    params: Params
    destructive: bool
    suppressed: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the risk as plain data."""
        return {**asdict(self), "params": dict(self.params)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Risk":
        """Read what `to_json` wrote."""
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says: which of its messages, with which names.

    `rows` is the known number of rows of the table that is locked or loses them.
    `part` points at one of several objects or commands of the statement, `place` at any stretch.
    A level, category or
    destructiveness given here stands above the rule's own.
    """

    variant: str
    params: Params = field(default_factory=dict)
    part: int | None = None
    level: Level | None = None
    category: Category | None = None
    destructive: bool | None = None
    rows: int | None = None
    lock: Lock | None = None
    place: Place | None = None


Check = Callable[["Subject"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `on` names what it is asked about (`DropStmt.OBJECT_TABLE`, `AT_DropColumn`).

    `lock` is the strongest one it takes on a table that others use.
    Rules are not asked about tables that the plan itself created, unless they judge new ones.
    Optional ones are about style, and asked only on demand.
    """

    id: str
    category: Category
    level: Level
    on: tuple[str, ...]
    check: Check
    lock: Lock | None = None
    destructive: bool = False
    judges_new: bool = False
    optional: bool = False
