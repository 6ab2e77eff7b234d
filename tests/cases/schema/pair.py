"""The pairs: each folder `<group>/<name>/` holds a schema before (a.sql) and after (b.sql).

`-- pg: 15+` or `-- pg: 14-17` in the head of a.sql says on which versions of PostgreSQL it can be;
one that uses the type xml is left out on servers that are built without it.
`expect.toml` may say why something cannot be: `cannot` (Vado cannot write this migration),
`not_restored` (pg_dump leaves something out, so that a restored copy differs), `unseen`
(pg_dump shows no difference where there is one), or `not_at_once` (it takes more than one
transaction).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent
NEWEST = 18


@dataclass(frozen=True)
class Pair:
    """Two schemas; *a* also fills its tables, so that lost rows are seen."""

    group: str
    name: str
    a: str
    b: str
    expected: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name in reports."""
        return f"{self.group}/{self.name}"

    @cached_property
    def versions(self) -> range:
        """The major versions of PostgreSQL that know what is written here."""
        found = re.search(r"^-- pg: (\d+)(?:(\+)|-(\d+))$", self.a, re.MULTILINE)
        if not found:
            return range(14, NEWEST + 1)
        last = NEWEST if found[2] else int(found[3])
        return range(int(found[1]), last + 1)

    @property
    def uses_xml(self) -> bool:
        """Whether the type xml occurs."""
        return re.search(r"\bxml", self.a + self.b) is not None

    def reversed(self) -> "Pair":
        """The way back."""
        head = re.search(r"^-- pg: .*\n", self.a, re.MULTILINE)
        b = (head[0] if head and "-- pg:" not in self.b else "") + self.b
        return Pair(self.group, f"{self.name} (back)", b, self.a, self.expected)


def pairs() -> list[Pair]:
    """Read all pairs, by group and name."""
    return [_read(path.parent) for path in sorted(FOLDER.glob("*/*/a.sql"))]


def _read(folder: Path) -> Pair:
    expected = folder / "expect.toml"
    said = tomllib.loads(expected.read_text()) if expected.exists() else {}
    a, b = ((folder / name).read_text() for name in ("a.sql", "b.sql"))
    return Pair(folder.parent.name, folder.name, a, b, said)
