"""PostgreSQL's own parser behind one door: scripts, statements, places, kinds, one spelling."""

from vado.sql.code import Code, code_of
from vado.sql.dynamic import UNKNOWN, unfold
from vado.sql.expressions import canonical_expression, canonical_query, canonical_statement
from vado.sql.lazy import lazy
from vado.sql.node import Node
from vado.sql.plpgsql import Piece, read_body
from vado.sql.positions import position
from vado.sql.recovery import comments
from vado.sql.script import REFUSED, Script, SqlError, Statement, parse_script

__all__ = [
    "REFUSED",
    "UNKNOWN",
    "Code",
    "Node",
    "Piece",
    "Script",
    "SqlError",
    "Statement",
    "canonical_expression",
    "canonical_query",
    "canonical_statement",
    "code_of",
    "comments",
    "lazy",
    "parse_script",
    "position",
    "read_body",
    "unfold",
]
