"""Vado takes a PostgreSQL schema safely from one bank to the other."""

__version__ = "0.1.0"
