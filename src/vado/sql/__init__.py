"""PostgreSQL's own parser behind one door: scripts, statements, places, kinds, one spelling."""

from vado.sql.expressions import canonical_expression, canonical_statement
from vado.sql.node import Node
from vado.sql.positions import position
from vado.sql.script import Script, SqlError, Statement, parse_script

__all__ = [
    "Node",
    "Script",
    "SqlError",
    "Statement",
    "canonical_expression",
    "canonical_statement",
    "parse_script",
    "position",
]
