"""Adoption with proof: a database and its files are taken over from another migration tool."""

from vado.migrations.adopt.adoption import AdoptRequest, adopt_project
from vado.migrations.adopt.detect import TOOLS
from vado.migrations.adopt.report import AdoptionReport

__all__ = ["TOOLS", "AdoptRequest", "AdoptionReport", "adopt_project"]
