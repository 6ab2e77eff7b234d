"""Where backups are kept: a folder on this machine, or a bucket of S3-compatible storage."""

from vado.backups.stores.choose import described_store, store_of, store_problem
from vado.backups.stores.local import LocalStore
from vado.backups.stores.store import Store

__all__ = ["LocalStore", "Store", "described_store", "store_of", "store_problem"]
