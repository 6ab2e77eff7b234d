"""Proof that taking back a half-done migration leaves the schema as it was before it began."""

from dataclasses import dataclass, replace

from vado.preview.plan import PlannedMigration
from vado.preview.reversal import Reversible, overwrites
from vado.schema import Catalogue


@dataclass(frozen=True, slots=True)
class Reached:
    """What the copy was like once it was taken back (None: it was not), and how true a copy is."""

    fingerprint: str | None
    faithful: bool


def restored(migration: PlannedMigration, reached: Reached) -> Reversible:
    """Compare what was reached with what the ledger says of before."""
    code, schema = _compared(migration.fingerprint_before, reached)
    rewritten = any(overwrites(s) for s in migration.script.statements)
    known = migration.way == "done" and not rewritten and reached.fingerprint is not None
    return Reversible(schema, True if known else None, code, _WORDS[code])


def _compared(before: str | None, reached: Reached) -> tuple[str, bool | None]:
    if reached.fingerprint is None:
        return "not_tried", None
    if before is None:
        return "not_held", None
    if before == reached.fingerprint:
        return "equal_before", True
    if before.rpartition(":")[0] != reached.fingerprint.rpartition(":")[0]:
        return "other_version", None
    return ("differs_before", False) if reached.faithful else ("other_copy", None)


def without_invalid(catalogue: Catalogue) -> Catalogue:
    """Leave out what no dump carries: indexes that a failed CONCURRENTLY left."""
    kept = (o for o in catalogue.objects if o.kind != "index" or not o.properties.get("invalid"))
    return replace(catalogue, objects=tuple(kept))


_WORDS = {
    "equal_before": "the schema is again as it was before the migration began",
    "differs_before": "the schema is not as it was before the migration began",
    "not_held": "the ledger does not hold what the schema was before the migration began",
    "not_tried": "taking it back was not tried on a copy",
    "other_version": "it was tried on another major version, where fingerprints differ",
    "other_copy": "the copy differs from the database, so the schemas cannot be compared",
}
