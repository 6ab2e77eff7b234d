"""The published schema of a plan is that of the API, and `vado preview --json` keeps to it."""

import json
from pathlib import Path
from typing import Any

from tests.integration.cli.conftest import Project

from vado.api.openapi import plan_schema

PUBLISHED = Path(__file__).parents[3] / "docs/schemas/plan.schema.json"


def unknown(document: Any, schema: dict[str, Any], definitions: dict[str, Any]) -> set[str]:
    """Return the fields of a document that its schema does not name."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if isinstance(document, list):
        return set().union(*(unknown(d, schema.get("items", {}), definitions) for d in document))
    if not isinstance(document, dict) or "properties" not in schema:
        return set()
    known = schema["properties"]
    inner = (unknown(v, known[k], definitions) for k, v in document.items() if k in known)
    return (document.keys() - known.keys()).union(*inner)


def test_the_published_schema_is_that_of_the_api() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == plan_schema(), (
        "run: python -m vado.api.openapi plan > docs/schemas/plan.schema.json"
    )


def test_a_preview_has_all_of_it_and_nothing_else(project: Project) -> None:
    schema = plan_schema()
    project.write("20260101000000_goods", "create table goods (id int);\ndrop table goods;")

    document = project.vado("preview", "--place", "text", "--json").document

    assert document.keys() >= set(schema["required"])
    assert unknown(document, schema, schema["$defs"]) == set()
