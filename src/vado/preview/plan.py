"""A plan: what will be run, what it does, how that was found out, and what applying it demands."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    # A plan that is applied needs none of what made it.
    from vado.risks import Risk
    from vado.schema import Change
    from vado.sql import Script

FORMAT = 1
# Where a plan was tried; `data` is only asked for, and becomes `branch`, `copy` or `backup`.
Place = Literal["embedded", "scratch", "branch", "copy", "backup", "text"]
WantedPlace = Literal["data", "embedded", "scratch", "branch", "copy", "backup", "text"]
PlanState = Literal["ready", "outdated", "consumed"]
PlanKind = Literal["up", "undo", "resume", "mark", "baseline"]


@dataclass(frozen=True, slots=True)
class PlannedMigration:
    """A migration as a preview is given it: the text of one direction, parsed.

    `down` is the text of the way back, by which a preview finds out whether there is one. `way` is
    set where what a half-done one did is taken back: `places` are then those of the statements that
    are, and `fingerprint_before` is what the schema was. `catch_up` brings a copy to the state that
    a half-done one has left.
    """

    version: str
    name: str
    direction: Literal["up", "down"]
    checksum: str
    script: "Script"
    transaction: bool = True
    statements_done: int = 0
    down: str | None = None
    down_transaction: bool = True
    way: Literal["done", "down"] | None = None
    places: tuple[tuple[int, int], ...] = ()
    catch_up: tuple[str, ...] = ()
    fingerprint_before: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what identifies it, and how far it is."""
        return {
            "version": self.version,
            "name": self.name,
            "direction": self.direction,
            "checksum": self.checksum,
            "statements_done": self.statements_done,
            "way": self.way,
        }

    def place_of(self, index: int) -> tuple[int, int] | None:
        """Return the place that stands for a statement whose own text is in no file."""
        return self.places[index] if index < len(self.places) else None


@dataclass(frozen=True, slots=True)
class Limit:
    """Something a rehearsal could not look at; faces translate it by code and params."""

    code: str
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlannedStatement:
    """One statement of a plan and what the rehearsal measured of it (see `Trace`, `Estimate`)."""

    index: int
    version: str
    line: int
    column: int
    kind: str
    sql: str
    transactional: bool
    duration_ms: float | None = None
    rows: int | None = None
    error: Mapping[str, Any] | None = None
    trace: Mapping[str, Any] | None = None
    estimate: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Where a plan was tried, with what result, and what was not looked at."""

    place: Place
    ok: bool
    limits: tuple[Limit, ...]
    duration_ms: int
    server_version: str | None
    error: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Loss:
    """Data that the plan destroys in the target; *rows* is None when it could not be counted."""

    identity: str
    kind: Literal["rows", "values"]
    rows: int | None
    exact: bool
    version: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that applying the plan demands."""

    kind: Literal["rehearsal", "backup", "confirmation", "accept_risk", "out_of_order"]
    satisfied: bool
    word: str | None = None
    rule: str | None = None
    level: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as the API shows it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Basis:
    """What the plan was made for; it is valid only for that."""

    identity: str
    ledger: str
    fingerprint: str


@dataclass(frozen=True)
class Plan:
    """The result of a preview: plain data that can be kept and read again."""

    plan_id: str
    digest: str
    kind: PlanKind
    environment: str
    environment_class: str
    database: str
    created_at: str
    basis: Basis
    migrations: tuple[Mapping[str, Any], ...]
    statements: tuple[PlannedStatement, ...]
    risks: tuple[Mapping[str, Any], ...]
    changes: tuple[Mapping[str, Any], ...]
    losses: tuple[Loss, ...]
    ddl: Mapping[str, str]
    rehearsal: Rehearsal
    requires: tuple[Requirement, ...]
    fingerprint_after: str | None
    record: tuple[Mapping[str, Any], ...] = ()
    out_of_order: tuple[str, ...] = ()
    creates_schemas: bool = False
    blockers: tuple[Mapping[str, Any], ...] = ()
    taken_back: tuple[Mapping[str, Any], ...] = ()
    violations: tuple[Mapping[str, Any], ...] = ()

    @property
    def destructive(self) -> bool:
        """Whether data is lost when it is applied."""
        return any(risk["destructive"] for risk in self.risks) or any(
            change["destructive"] for change in self.changes
        )

    def to_json(self) -> dict[str, Any]:
        """Return the plan as the API and `--json` show it."""
        return {
            "format": FORMAT,
            "plan_id": self.plan_id,
            "digest": self.digest,
            "kind": self.kind,
            "environment": self.environment,
            "class": self.environment_class,
            "database": self.database,
            "created_at": self.created_at,
            "migrations": [dict(m) for m in self.migrations],
            "statements": [asdict(s) for s in self.statements],
            "risks": [dict(r) for r in self.risks],
            "changes": [dict(c) for c in self.changes],
            "losses": [asdict(loss) for loss in self.losses],
            "ddl": dict(self.ddl),
            "rehearsal": asdict(self.rehearsal),
            "requires": [r.to_json() for r in self.requires],
            "record": [dict(r) for r in self.record],
            "out_of_order": list(self.out_of_order),
            "creates_schemas": self.creates_schemas,
            "blockers": [dict(b) for b in self.blockers],
            "taken_back": [dict(t) for t in self.taken_back],
            "violations": [dict(v) for v in self.violations],
            "basis": asdict(self.basis),
            "fingerprint_before": self.basis.fingerprint,
            "fingerprint_after": self.fingerprint_after,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Plan":
        """Read what `to_json` wrote."""
        rehearsal = dict(data["rehearsal"])
        limits = tuple(Limit(**limit) for limit in rehearsal.pop("limits"))
        return cls(
            plan_id=data["plan_id"],
            digest=data["digest"],
            kind=data["kind"],
            environment=data["environment"],
            environment_class=data["class"],
            database=data["database"],
            created_at=data["created_at"],
            basis=Basis(**data["basis"]),
            migrations=tuple(data["migrations"]),
            statements=tuple(PlannedStatement(**s) for s in data["statements"]),
            risks=tuple(data["risks"]),
            changes=tuple(data["changes"]),
            losses=tuple(Loss(**loss) for loss in data["losses"]),
            ddl=data["ddl"],
            rehearsal=Rehearsal(limits=limits, **rehearsal),
            requires=tuple(Requirement(**r) for r in data["requires"]),
            fingerprint_after=data["fingerprint_after"],
            record=tuple(data.get("record", ())),
            out_of_order=tuple(data.get("out_of_order", ())),
            creates_schemas=data.get("creates_schemas", False),
            blockers=tuple(data.get("blockers", ())),
            taken_back=tuple(data.get("taken_back", ())),
            violations=tuple(data.get("violations", ())),
        )


def new_plan_id() -> str:
    """Return an opaque id, one per preview."""
    return f"plan_{secrets.token_hex(8)}"


def digest(kind: str, basis: Basis, migrations: Sequence[PlannedMigration]) -> str:
    """Return the SHA-256 of what the plan is about: equal for equal previews of equal things."""
    text = json.dumps(
        {
            "format": FORMAT,
            "kind": kind,
            "basis": asdict(basis),
            "migrations": [_identity(m) for m in migrations],
        },
        sort_keys=True,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _identity(migration: PlannedMigration) -> list[Any]:
    told = [int(migration.version), migration.direction, migration.checksum]
    return [*told, migration.way] if migration.way else told


def risk_json(risk: "Risk", migrations: Sequence[PlannedMigration]) -> dict[str, Any]:
    """Return a risk as the API shows it, with the version it stands in."""
    known = {name: getattr(risk, name) for name in _RISK_FIELDS}
    migration = migrations[risk.script]
    place = migration.place_of(risk.statement)
    if place is not None:
        known |= {"line": place[0], "column": place[1]}
        known |= {"end_line": place[0], "end_column": place[1] + 1}
    return {**known, "params": dict(risk.params), "version": migration.version}


_RISK_FIELDS = (
    "rule",
    "level",
    "category",
    "statement",
    "line",
    "column",
    "end_line",
    "end_column",
    "message",
    "remedy",
    "destructive",
    "suppressed",
)


def changes_json(changes: "Sequence[Change]") -> tuple[dict[str, Any], ...]:
    """Return changes as the API shows them."""
    return tuple(change.to_json() for change in changes)
