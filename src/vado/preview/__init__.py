"""What would happen: risks, rehearsal, diff, losses and demands, joined in a plan."""

from typing import TYPE_CHECKING

from vado import front_door

if TYPE_CHECKING:
    from vado.generate import Manner, Side
    from vado.preview.blockers import blockers_now
    from vado.preview.empty import Replay, replay
    from vado.preview.live import LiveCopy, Tried
    from vado.preview.made import made_by_dump, made_by_scripts
    from vado.preview.patient import lock_not_available, read_patiently, shut_by
    from vado.preview.plan import Place, Plan, PlanKind, PlannedMigration, Requirement, WantedPlace
    from vado.preview.preview import make_plan
    from vado.preview.proof import Generated, Wanted, generate
    from vado.preview.reach import read_side
    from vado.preview.record import make_record_plan
    from vado.preview.rehearsal import Proposal
    from vado.preview.requirements import needs_backup, require_met, with_order
    from vado.preview.store import PlanStore
    from vado.preview.structure import structure_text
    from vado.preview.transactions import SETS_SESSION, batches, goes_at_once, statement_error

__getattr__ = front_door(
    __name__,
    {
        "blockers": ("blockers_now",),
        "empty": ("Replay", "replay"),
        "live": ("LiveCopy", "Tried"),
        "made": ("made_by_dump", "made_by_scripts"),
        "patient": ("lock_not_available", "read_patiently", "shut_by"),
        "plan": ("Place", "Plan", "PlanKind", "PlannedMigration", "Requirement", "WantedPlace"),
        "preview": ("make_plan",),
        "proof": ("Generated", "Wanted", "generate", "Manner", "Side"),
        "reach": ("read_side",),
        "record": ("make_record_plan",),
        "rehearsal": ("Proposal",),
        "requirements": ("needs_backup", "require_met", "with_order"),
        "store": ("PlanStore",),
        "structure": ("structure_text",),
        "transactions": ("SETS_SESSION", "batches", "goes_at_once", "statement_error"),
    },
)

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
    "replay",
    "require_met",
    "shut_by",
    "statement_error",
    "structure_text",
    "with_order",
]
