"""Migration files, the ledger of what was applied, and applying the rest."""

from typing import TYPE_CHECKING

from vado import front_door

if TYPE_CHECKING:
    from vado.migrations.adopt import TOOLS, AdoptRequest, adopt_project
    from vado.migrations.apply import ApplyReport, ApplyRequest, apply_plan, check_plan
    from vado.migrations.baseline import BaselineRequest, take_baseline
    from vado.migrations.down_section import propose_down
    from vado.migrations.drift import Drift, find_drift, implied_scripts, last_fingerprint
    from vado.migrations.edit import (
        create_migration,
        delete_migration,
        find_migration,
        refuse_applied,
        save_migration,
    )
    from vado.migrations.evidence import left_behind
    from vado.migrations.files import (
        Migration,
        checksum,
        migration_of,
        read_folder,
        read_migration,
        read_text,
        version_number,
    )
    from vado.migrations.ledger import (
        LedgerRow,
        ledger_digest,
        read_ledger,
        rows_asked,
        with_evidence,
    )
    from vado.migrations.lock import lock_asked
    from vado.migrations.mark import MarkWanted, preview_mark
    from vado.migrations.patience import Waits
    from vado.migrations.propose import (
        Wanted,
        late_agreed,
        planned,
        planned_up,
        preview_pending,
        read_standing,
    )
    from vado.migrations.repair import Difference, RepairRequest, difference, repair_migration
    from vado.migrations.status import Entry, MigrationState, Standing, compare
    from vado.migrations.undo import (
        UndoWanted,
        Way,
        down_of,
        kept_of,
        preview_undo,
        told_back,
    )
    from vado.migrations.way_back import TakenBack

__getattr__ = front_door(
    __name__,
    {
        "adopt": ("TOOLS", "AdoptRequest", "adopt_project"),
        "apply": ("ApplyReport", "ApplyRequest", "apply_plan", "check_plan"),
        "baseline": ("BaselineRequest", "take_baseline"),
        "drift": ("Drift", "find_drift", "implied_scripts", "last_fingerprint"),
        "edit": (
            "create_migration",
            "delete_migration",
            "find_migration",
            "refuse_applied",
            "save_migration",
        ),
        "evidence": ("left_behind",),
        "files": (
            "Migration",
            "checksum",
            "migration_of",
            "read_folder",
            "read_migration",
            "read_text",
            "version_number",
        ),
        "ledger": ("LedgerRow", "ledger_digest", "read_ledger", "rows_asked", "with_evidence"),
        "lock": ("lock_asked",),
        "mark": ("MarkWanted", "preview_mark"),
        "patience": ("Waits",),
        "propose": (
            "Wanted",
            "late_agreed",
            "planned",
            "planned_up",
            "preview_pending",
            "read_standing",
        ),
        "down_section": ("propose_down",),
        "repair": ("Difference", "RepairRequest", "difference", "repair_migration"),
        "status": ("Entry", "MigrationState", "Standing", "compare"),
        "undo": ("UndoWanted", "Way", "down_of", "kept_of", "preview_undo", "told_back"),
        "way_back": ("TakenBack",),
    },
)

__all__ = [
    "TOOLS",
    "AdoptRequest",
    "ApplyReport",
    "ApplyRequest",
    "BaselineRequest",
    "Difference",
    "Drift",
    "Entry",
    "LedgerRow",
    "MarkWanted",
    "Migration",
    "MigrationState",
    "RepairRequest",
    "Standing",
    "TakenBack",
    "UndoWanted",
    "Waits",
    "Wanted",
    "Way",
    "adopt_project",
    "apply_plan",
    "check_plan",
    "checksum",
    "compare",
    "create_migration",
    "delete_migration",
    "difference",
    "down_of",
    "find_drift",
    "find_migration",
    "implied_scripts",
    "kept_of",
    "last_fingerprint",
    "late_agreed",
    "ledger_digest",
    "left_behind",
    "lock_asked",
    "migration_of",
    "planned",
    "planned_up",
    "preview_mark",
    "preview_pending",
    "preview_undo",
    "propose_down",
    "read_folder",
    "read_ledger",
    "read_migration",
    "read_standing",
    "read_text",
    "refuse_applied",
    "repair_migration",
    "rows_asked",
    "save_migration",
    "take_baseline",
    "told_back",
    "version_number",
    "with_evidence",
]
