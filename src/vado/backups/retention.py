"""Which backups are kept, which go, and why: seen before anything is deleted."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from vado.backups.catalogue import list_backups, record_deletion, remove
from vado.backups.model import Backup
from vado.backups.stores import store_of
from vado.backups.use import is_in_use
from vado.environments import Environment
from vado.errors import Refused, VadoError
from vado.operations import Entry, Job, Outcome, State, record_audit
from vado.settings import Retention

log = logging.getLogger("vado.backups")

_AUTOMATIC = frozenset({"before_apply", "before_restore"})
_CALENDAR: dict[str, Callable[[datetime], object]] = {
    "daily": lambda at: at.date(),
    "weekly": lambda at: at.isocalendar()[:2],
    "monthly": lambda at: (at.year, at.month),
}
# What these say of a backup is not for a rule to judge.
_LEFT_ALONE = frozenset({"creating", "missing", "unknown", "expired"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that stays, and every reason for it."""

    id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doomed:
    """A backup that no rule keeps."""

    id: str
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class RetentionPlan:
    """What the rules would keep and delete now."""

    policy: Retention
    keep: tuple[Kept, ...]
    delete: tuple[Doomed, ...]
    bytes_after: int

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        return asdict(self)


@dataclass
class _Sorting:
    """The backups, the newest first, and the reasons found so far to keep each."""

    backups: Sequence[Backup]
    reasons: dict[str, list[str]] = field(default_factory=dict)

    def keep(self, backups: Iterable[Backup], reason: str) -> None:
        for backup in backups:
            self.reasons.setdefault(backup.id, []).append(reason)


def plan_retention(environment: Environment) -> RetentionPlan:
    """Return what the environment's rules keep and what they do not; nothing is deleted.

    With no rule everything stays. Whatever the rules say, these stay: what is pinned, the newest
    that can be restored, the newest that is proven, what is made or read at the moment, what is
    missing, damaged or in quarantine, and what Neon keeps.
    """
    folder = store_of(environment).folder
    return plan(
        list_backups(environment),
        environment.backups.retention,
        in_use=lambda backup_id: is_in_use(folder, backup_id),
    )


def plan(
    backups: Sequence[Backup], policy: Retention, *, in_use: Callable[[str], bool]
) -> RetentionPlan:
    """Sort *backups*, the newest first, by *policy*. Days are those of this machine's time zone."""
    sorting = _Sorting(backups)
    _protect(sorting, in_use)
    protected = frozenset(sorting.reasons)
    usable = [backup for backup in backups if _is_ordinary(backup)]
    _by_calendar(sorting, usable, policy)
    _before_apply(sorting, usable, policy)
    if not _has_counts(policy):
        sorting.keep((b for b in backups if b.id not in protected), "no_rule")
    _cap(sorting, policy.max_bytes, protected)
    keep = [backup for backup in backups if backup.id in sorting.reasons]
    return RetentionPlan(
        policy,
        tuple(Kept(backup.id, tuple(sorting.reasons[backup.id])) for backup in keep),
        tuple(Doomed(backup.id, backup.size_bytes) for backup in backups if backup not in keep),
        sum(backup.size_bytes or 0 for backup in keep),
    )


def _is_ordinary(backup: Backup) -> bool:
    return backup.usable and not backup.quarantined and backup.kind == "dump"


def _protect(sorting: _Sorting, in_use: Callable[[str], bool]) -> None:
    backups = sorting.backups
    usable = [backup for backup in backups if _is_ordinary(backup)]
    sorting.keep((b for b in backups if b.pinned), "pinned")
    sorting.keep(usable[:1], "newest")
    sorting.keep([b for b in usable if b.state == "proven"][:1], "newest_proven")
    sorting.keep((b for b in backups if b.state in _LEFT_ALONE), "not_decided")
    sorting.keep((b for b in backups if b.quarantined), "quarantined")
    sorting.keep((b for b in backups if b.kind != "dump"), "kept_by_neon")
    # One that failed while it was made has no file; of one that was damaged later a part is left.
    sorting.keep((b for b in backups if b.state == "failed" and b.size_bytes), "damaged")
    if not usable:
        sorting.keep((b for b in backups if b.state == "failed"), "tells_why")
    sorting.keep((b for b in backups if in_use(b.id)), "in_use")


def _has_counts(policy: Retention) -> bool:
    counts = (policy.daily, policy.weekly, policy.monthly, policy.before_apply)
    return any(count is not None for count in counts)


def _by_calendar(sorting: _Sorting, usable: Sequence[Backup], policy: Retention) -> None:
    """Keep the newest of each of the last days, weeks and months that have any."""
    for name, period in _CALENDAR.items():
        found: dict[object, Backup] = {}
        for backup in usable:
            found.setdefault(period(_local(backup)), backup)
        count = getattr(policy, name)
        sorting.keep(list(found.values())[: count or 0], name)


def _before_apply(sorting: _Sorting, usable: Sequence[Backup], policy: Retention) -> None:
    automatic = [backup for backup in usable if backup.reason in _AUTOMATIC]
    sorting.keep(automatic[: policy.before_apply or 0], "before_apply")


def _local(backup: Backup) -> datetime:
    return datetime.fromisoformat(backup.created_at).astimezone()


def _cap(sorting: _Sorting, max_bytes: int | None, protected: frozenset[str]) -> None:
    """Let the oldest go until the rest fits; what is protected stays, even where it does not."""
    if max_bytes is None:
        return
    kept = [backup for backup in sorting.backups if backup.id in sorting.reasons]
    total = sum(backup.size_bytes or 0 for backup in kept)
    for backup in reversed(kept):
        if total <= max_bytes:
            return
        if backup.id not in protected and backup.size_bytes:
            total -= backup.size_bytes
            del sorting.reasons[backup.id]


def apply_retention(environment: Environment, ids: Sequence[str]) -> tuple[str, ...]:
    """Delete the backups that the plan named; return the ids of those that are gone.

    Refused, before anything is deleted, when one of *ids* is not to be deleted any more.
    """
    store, deleted = store_of(environment), []
    with store.changing():
        doomed = {item.id for item in plan_retention(environment).delete}
        changed = [backup_id for backup_id in ids if backup_id not in doomed]
        if changed:
            raise Refused(
                f"the rules do not delete {', '.join(changed)} any more",
                hint="Look at what they would delete now.",
                details={"ids": changed},
            )
        for backup_id in dict.fromkeys(ids):
            remove(store, store.reread(backup_id))
            deleted.append(backup_id)
    for backup_id in deleted:
        record_deletion(environment, backup_id)
    return tuple(deleted)


def prune_after_backup(environment: Environment, job: Job) -> tuple[str, ...]:
    """Delete what the rules do not keep, where vado.toml asks for that after each backup.

    The new backup is there whatever happens here, so a failure is only told.
    """
    if not environment.backups.retention.prune:
        return ()
    try:
        ids = [item.id for item in plan_retention(environment).delete]
        if not ids:
            return ()
        _audit(environment, job, "intent", ids)
        deleted = apply_retention(environment, ids)
        _audit(environment, job, "succeeded", deleted)
    except VadoError as error:
        job.log(f"old backups were not deleted: {error.message}", "not_pruned")
        return ()
    job.log(f"{len(deleted)} old backups were deleted", "pruned", count=len(deleted))
    return deleted


def _audit(environment: Environment, job: Job, outcome: Outcome, ids: Sequence[str]) -> None:
    state = State(environment.state_folder)
    told = {"ids": list(ids)}
    try:
        record_audit(state, Entry("retention", outcome, environment.name, job.id, details=told))
    finally:
        state.close()
