"""One running Vado and its use cases, the same for every face."""

from typing import TYPE_CHECKING

from vado import front_door

if TYPE_CHECKING:
    from vado.application.actions import (
        start_apply,
        start_baseline,
        start_mark,
        start_preview,
        start_repair,
        start_undo,
    )
    from vado.application.adoption import start_adopt
    from vado.application.backups import (
        adopt_backups,
        change_backup,
        environment_of_backup,
        prune_backups,
        remove_backup,
        start_backup,
        start_import,
        start_prove,
        start_verify,
    )
    from vado.application.check import (
        REFUSED,
        Checked,
        Problem,
        changed_files,
        check_branch,
        sql_files,
    )
    from vado.application.comparing import Side, start_comparison
    from vado.application.comparison import Order, compare, generate_migration
    from vado.application.database_status import status
    from vado.application.drift import start_drift, start_drift_adoption
    from vado.application.facts import read_facts
    from vado.application.files import (
        list_migrations,
        new_migration,
        read_migration,
        remove_migration,
        save_text,
    )
    from vado.application.lint import diagnostics, judge_file, judge_text, proposed_way_back
    from vado.application.neon import remove_orphan, start_abandon, start_finalize
    from vado.application.preferences import choose_preferences
    from vado.application.restores import (
        remove_previous,
        start_restore,
        start_restore_preview,
        start_undo_restore,
    )
    from vado.application.schedule import Schedule, next_runs
    from vado.application.sources import Source
    from vado.application.tools import tools_in_use
    from vado.application.trust import take_back_consent, trust_environment
    from vado.application.vado import Vado

__getattr__ = front_door(
    __name__,
    {
        "actions": (
            "start_apply",
            "start_baseline",
            "start_mark",
            "start_preview",
            "start_repair",
            "start_undo",
        ),
        "adoption": ("start_adopt",),
        "backups": (
            "adopt_backups",
            "prune_backups",
            "start_import",
            "change_backup",
            "environment_of_backup",
            "remove_backup",
            "start_backup",
            "start_prove",
            "start_verify",
        ),
        "neon": ("remove_orphan", "start_abandon", "start_finalize"),
        "preferences": ("choose_preferences",),
        "restores": (
            "remove_previous",
            "start_restore",
            "start_restore_preview",
            "start_undo_restore",
        ),
        "check": (
            "REFUSED",
            "Checked",
            "Problem",
            "changed_files",
            "check_branch",
            "sql_files",
        ),
        "comparing": ("Side", "start_comparison"),
        "comparison": ("Order", "compare", "generate_migration"),
        "drift": ("start_drift", "start_drift_adoption"),
        "facts": ("read_facts",),
        "files": (
            "list_migrations",
            "new_migration",
            "read_migration",
            "remove_migration",
            "save_text",
        ),
        "lint": ("diagnostics", "judge_file", "judge_text", "proposed_way_back"),
        "database_status": ("status",),
        "schedule": ("Schedule", "next_runs"),
        "sources": ("Source",),
        "tools": ("tools_in_use",),
        "trust": ("take_back_consent", "trust_environment"),
        "vado": ("Vado",),
    },
)

__all__ = [
    "REFUSED",
    "Checked",
    "Order",
    "Problem",
    "Schedule",
    "Side",
    "Source",
    "Vado",
    "adopt_backups",
    "change_backup",
    "changed_files",
    "check_branch",
    "choose_preferences",
    "compare",
    "diagnostics",
    "environment_of_backup",
    "generate_migration",
    "judge_file",
    "judge_text",
    "list_migrations",
    "new_migration",
    "next_runs",
    "proposed_way_back",
    "prune_backups",
    "read_facts",
    "read_migration",
    "remove_backup",
    "remove_migration",
    "remove_orphan",
    "remove_previous",
    "save_text",
    "sql_files",
    "start_abandon",
    "start_adopt",
    "start_apply",
    "start_backup",
    "start_baseline",
    "start_comparison",
    "start_drift",
    "start_drift_adoption",
    "start_finalize",
    "start_import",
    "start_mark",
    "start_preview",
    "start_prove",
    "start_repair",
    "start_restore",
    "start_restore_preview",
    "start_undo",
    "start_undo_restore",
    "start_verify",
    "status",
    "take_back_consent",
    "tools_in_use",
    "trust_environment",
]
