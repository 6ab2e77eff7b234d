"""Copies of the bucket's manifests in the folder before it."""

import json
import logging
from contextlib import suppress
from dataclasses import dataclass

from vado.backups.manifest import Manifest
from vado.backups.stores.bucket import Bucket, Listed
from vado.backups.stores.local import LocalStore
from vado.errors import BackupError, NotFound

log = logging.getLogger("vado.backups")

_SEEN = "bucket.json"


@dataclass(frozen=True, slots=True)
class Mirror:
    """The manifests in *local* that are those of *bucket*, and by which tags that is known."""

    local: LocalStore
    bucket: Bucket

    def update(self, found: dict[str, Listed]) -> None:
        """Copy what is new in the bucket, and forget what is not there any more."""
        before = self._tags()
        after = {}
        for name, listed in found.items():
            backup_id = name.removesuffix(".json")
            if name == backup_id or not self.local.is_id(backup_id):
                continue
            if before.get(name) != listed.tag or not (self.local.folder / name).exists():
                self._copy_manifest(name, backup_id)
            after[name] = listed.tag
        for name in before.keys() - after.keys():
            self._forget(name.removesuffix(".json"))
        if after != before:
            self._remember(after)

    def _copy_manifest(self, name: str, backup_id: str) -> None:
        text = self.bucket.get(name)
        if text is None:
            return
        try:
            manifest = Manifest.from_text(text.decode(), of=backup_id)
        except (BackupError, UnicodeDecodeError) as error:
            # One object that cannot be read must not hide the others.
            log.warning("manifest not readable", extra={"object": name, "error": str(error)})
            return
        self.local.write(manifest)

    def _forget(self, backup_id: str) -> None:
        """Drop the copy of a manifest that was deleted in the bucket, unless the file is here."""
        if not self.local.is_available(backup_id):
            with suppress(NotFound):
                self.local.remove(backup_id)

    def knows(self, backup_id: str) -> bool:
        """Say whether the bucket had the backup when it was last looked at."""
        return f"{backup_id}.json" in self._tags()

    def add(self, name: str, tag: str) -> None:
        """Note that the manifest here is the one that the bucket has."""
        self._remember(self._tags() | {name: tag})

    def _tags(self) -> dict[str, str]:
        try:
            found: dict[str, str] = json.loads(
                (self.local.folder / _SEEN).read_text(encoding="utf-8")
            )
        except (OSError, ValueError):
            return {}
        return found

    def _remember(self, tags: dict[str, str]) -> None:
        path = self.local.folder / _SEEN
        with self.local.errors():
            building = self.local.private(path.with_name(f"{_SEEN}.partial"))
            building.write_text(json.dumps(tags), encoding="utf-8")
            building.replace(path)
