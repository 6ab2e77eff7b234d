"""The migration that takes one schema to another: statements in an order that runs."""

from vado.generate.model import Cannot, Draft, Written
from vado.generate.sides import Side
from vado.generate.write import Manner, write_migration

__all__ = ["Cannot", "Draft", "Manner", "Side", "Written", "write_migration"]
