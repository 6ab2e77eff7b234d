"""What of a backup is at Neon: its ids in the manifest, and the thing itself, found or deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from vado.backups.manifest import Manifest
from vado.environments import Environment
from vado.errors import NeonRefused, VadoError
from vado.neon import PREFIX, Branch, Home, NeonClient, Snapshot, at_home

_Kept = TypeVar("_Kept", Branch, Snapshot)
KEPT = f"{PREFIX}bak-"


def name_of(backup_id: str) -> str:
    """Return the name under which Neon keeps a backup: no two have the same."""
    return KEPT + backup_id.removeprefix("bk_").replace("_", "-")


def with_facts(manifest: Manifest, **facts: object) -> Manifest:
    """Return the manifest with more known of what is at Neon; None takes a fact away."""
    known = {**(manifest.neon or {}), **facts}
    return replace(manifest, neon={key: value for key, value in known.items() if value is not None})


def facts(manifest: Manifest) -> Mapping[str, Any]:
    """Return what is known of what is at Neon."""
    return manifest.neon or {}


@dataclass(frozen=True, slots=True)
class Present:
    """What Neon has now, asked once for many backups."""

    home: Home
    snapshots: tuple[Snapshot, ...]

    @classmethod
    def read(cls, home: Home) -> "Present":
        """Ask for the snapshots; the branches are known already."""
        return cls(home, home.client.snapshots())

    def find(self, manifest: Manifest) -> Branch | Snapshot | None:
        """Return what holds the backup: a snapshot, a branch, or the branch with its history."""
        known = facts(manifest)
        if manifest.kind == "neon_snapshot":
            return _first(self.snapshots, known.get("snapshot_id"), known.get("name"))
        if manifest.kind == "neon_branch":
            return _first(self.home.branches, known.get("backup_branch_id"), known.get("name"))
        # The history of a branch that was replaced goes on with what it is called since then.
        return _first(self.home.branches, known.get("branch_id") or "", None)

    def made_for(self, manifest: Manifest) -> Branch | Snapshot | None:
        """Return what was made for the backup, which a place in the history may have as well."""
        if manifest.kind == "neon_lsn":
            return _first(self.home.branches, None, name_of(manifest.id))
        return self.find(manifest)


def _first(items: Sequence[_Kept], id_: str | None, name: str | None) -> _Kept | None:
    if id_ is not None:
        return next((item for item in items if item.id == id_), None)
    return next((item for item in items if item.name == name), None)


def delete_kept(environment: Environment, manifest: Manifest) -> None:
    """Delete what Neon keeps of a backup, so that only its record is left.

    Raises NeonError; what is gone already is no error. A branch that was the database before a
    restore is deleted as well: the user asked for that by the backup's name.
    """
    if manifest.kind == "neon_lsn" and "name" not in facts(manifest):
        return  # nothing was made for it
    with at_home(environment) as home:
        found = Present.read(home).made_for(manifest)
        if isinstance(found, Snapshot):
            home.client.delete_snapshot(found)
        elif found is not None:
            check_not_home(home, found)
            home.client.delete_branch(found.id, confirmed=True)


def check_not_home(home: Home, branch: Branch) -> None:
    """Refuse to delete what the environment's own connection string leads to by now."""
    if branch.id == home.branch.id:
        raise NeonRefused(
            f"branch {branch.name} is the database itself by now",
            hint="Neon's console shows which branch a compute serves.",
        )


def take_away(client: NeonClient, manifest: Manifest) -> VadoError | None:
    """Delete whatever was made under the backup's name; return what prevented it."""
    name = name_of(manifest.id)
    try:
        with client.undisturbed():
            if manifest.kind == "neon_snapshot":
                if (snapshot := client.snapshot_named(name)) is not None:
                    client.delete_snapshot(snapshot)
            elif (branch := client.branch_named(name)) is not None:
                client.delete_branch(branch.id)
    except VadoError as error:
        return error
    return None
