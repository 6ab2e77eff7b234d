"""The migration that takes one schema to another: statements in an order that runs."""

from vado.generate.model import Cannot, Draft, Manner, Written
from vado.generate.renames import rename
from vado.generate.sides import Side
from vado.generate.write import write_migration

__all__ = ["Cannot", "Draft", "Manner", "Side", "Written", "rename", "write_migration"]
