"""Backups that Neon keeps, and restores through its API, in steps: restore, look, finalize."""
