"""The catalogue of a database as data: read it, compare it, print it, fingerprint it."""

from vado.schema.comparison import differences
from vado.schema.ddl import render_ddl
from vado.schema.describe import column_line, constraint_line
from vado.schema.diff import diff_databases, diff_same_database
from vado.schema.document import comparison_document
from vado.schema.fingerprint import fingerprint
from vado.schema.links import read_links
from vado.schema.model import Catalogue, CatalogueObject, Change, Detail, Property, TableSize
from vado.schema.names import (
    before_arguments,
    identifier,
    name_parts,
    plain_parts,
    split_column,
)
from vado.schema.read import read_catalogue, read_sizes, sizes_asked
from vado.schema.remarks import STATES, called, quoted, remarks
from vado.schema.renames import RenameCandidate, rename_candidates
from vado.schema.table_statements import Writer, beside_column, usual_name

__all__ = [
    "STATES",
    "Catalogue",
    "CatalogueObject",
    "Change",
    "Detail",
    "Property",
    "RenameCandidate",
    "TableSize",
    "Writer",
    "before_arguments",
    "beside_column",
    "called",
    "column_line",
    "comparison_document",
    "constraint_line",
    "diff_databases",
    "diff_same_database",
    "differences",
    "fingerprint",
    "identifier",
    "name_parts",
    "plain_parts",
    "quoted",
    "read_catalogue",
    "read_links",
    "read_sizes",
    "remarks",
    "rename_candidates",
    "render_ddl",
    "sizes_asked",
    "split_column",
    "usual_name",
]
