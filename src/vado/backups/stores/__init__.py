"""Where backups are kept: today a folder on this machine."""

from vado.backups.stores.local import LocalStore, store_of

__all__ = ["LocalStore", "store_of"]
