"""The catalogue of a database as data: read it, compare it, print it, fingerprint it."""

from vado.schema.ddl import render_ddl
from vado.schema.diff import diff_databases, diff_same_database
from vado.schema.fingerprint import fingerprint
from vado.schema.model import Catalogue, CatalogueObject, Change, Detail, TableSize
from vado.schema.names import name_parts, plain_parts
from vado.schema.read import read_catalogue, read_sizes

__all__ = [
    "Catalogue",
    "CatalogueObject",
    "Change",
    "Detail",
    "TableSize",
    "diff_databases",
    "diff_same_database",
    "fingerprint",
    "name_parts",
    "plain_parts",
    "read_catalogue",
    "read_sizes",
    "render_ddl",
]
