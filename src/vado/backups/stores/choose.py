"""Which store an environment's backups are kept in."""

import hashlib
import re
from typing import Any

from vado.backups.stores.bucket import Bucket
from vado.backups.stores.local import LocalStore
from vado.backups.stores.s3 import S3Store
from vado.backups.stores.store import Store
from vado.environments import Environment
from vado.errors import VadoError

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_LONGEST_NAME = 40


def store_of(environment: Environment) -> Store:
    """Return the store of an environment's backups.

    It is named after the database, not the environment: two projects may both have a "production",
    and a database that is given another name in vado.toml still has its backups.
    """
    name, settings = _name(environment), environment.backups
    local = LocalStore(environment.state_folder / "backups" / name)
    if settings.s3 is None:
        return local
    prefix = "/".join(part for part in (settings.s3.prefix, name) if part)
    return S3Store(local, Bucket(settings.s3, prefix), settings.keep_local)


def store_problem(environment: Environment) -> VadoError | None:
    """Return why the list of backups may lack what a bucket has, as of the last look; else None."""
    return store_of(environment).problem


def described_store(environment: Environment) -> dict[str, Any]:
    """Return its kind, its place, whether what goes there is encrypted, and its last problem."""
    store, s3 = store_of(environment), environment.backups.s3
    place = str(store.folder) if s3 is None else f"s3://{s3.bucket}/{s3.prefix}".rstrip("/")
    return {
        "kind": store.kind,
        "place": place,
        "encrypted": bool(environment.backups.encrypt_to),
        "problem": store.problem.to_json() if store.problem else None,
    }


def _name(environment: Environment) -> str:
    target = environment.target
    place = "\n".join((target.host, str(target.port), target.dbname))
    digest = hashlib.sha256(place.encode()).hexdigest()[:10]
    return f"{_UNSAFE.sub('_', target.dbname)[:_LONGEST_NAME]}-{digest}"
