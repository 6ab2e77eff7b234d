"""What would happen: risks, rehearsal, diff, losses and demands, joined in a plan."""

from vado.generate import Manner, Side, rename
from vado.preview.blockers import blockers_now
from vado.preview.live import LiveCopy, Tried
from vado.preview.made import made_by_dump, made_by_scripts
from vado.preview.patient import lock_not_available, read_patiently
from vado.preview.plan import Place, Plan, PlanKind, PlannedMigration, Requirement, WantedPlace
from vado.preview.preview import make_plan
from vado.preview.proof import Generated, Wanted, generate
from vado.preview.reach import read_side
from vado.preview.record import make_record_plan
from vado.preview.rehearsal import Proposal
from vado.preview.replay import Replay, replay
from vado.preview.requirements import needs_backup, require_met, with_order
from vado.preview.run import SETS_SESSION, batches, goes_at_once, statement_error
from vado.preview.store import PlanStore
from vado.preview.structure import structure_text

__all__ = [
    "SETS_SESSION",
    "Generated",
    "LiveCopy",
    "Manner",
    "Place",
    "Plan",
    "PlanKind",
    "PlanStore",
    "PlannedMigration",
    "Proposal",
    "Replay",
    "Requirement",
    "Side",
    "Tried",
    "Wanted",
    "WantedPlace",
    "batches",
    "blockers_now",
    "generate",
    "goes_at_once",
    "lock_not_available",
    "made_by_dump",
    "made_by_scripts",
    "make_plan",
    "make_record_plan",
    "needs_backup",
    "read_patiently",
    "read_side",
    "rename",
    "replay",
    "require_met",
    "statement_error",
    "structure_text",
    "with_order",
]
