"""The sample shop: a project with its database, its rows and its migrations, to try Vado on."""

from vado.demo.project import APPLIED_THROUGH, DemoProject, prepare_demo
from vado.demo.sample import load_sample_rows

__all__ = ["APPLIED_THROUGH", "DemoProject", "load_sample_rows", "prepare_demo"]
