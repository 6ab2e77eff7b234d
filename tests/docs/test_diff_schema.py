"""The published schema of `vado diff --json` says what the document is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vado.database import EmbeddedServer, Identifier, Target, connect
from vado.schema import comparison_document, read_catalogue

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/diff.schema.json").read_text())
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
ONE = """
create table a (x int primary key, y text);
create table moved (x int, y int);
create type e as enum ('a');
create view v as select 1 as one;
select lo_create(0);
"""
OTHER = """
create table b (x int primary key, y text);
create table moved (y int, x int);
create type f as enum ('a');
create view v with (security_barrier) as select 2 as one;
grant select on v to public;
"""


def faults(value: Any, schema: dict[str, Any], path: str = "$") -> Iterator[str]:
    """Yield where a document is not as the schema says; knows what our schema uses."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if "const" in schema and value != schema["const"]:
        yield f"{path} is {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path} is {value!r}"
    wanted = schema.get("type", [])
    names = [wanted] if isinstance(wanted, str) else wanted
    if names and type(value) not in [TYPES[name] for name in names]:
        yield f"{path} is a {type(value).__name__}"
    if isinstance(value, dict):
        yield from faults_of_keys(value, schema, path)
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from faults(item, schema.get("items", {}), f"{path}[{number}]")


def faults_of_keys(value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{path} has no {name}" for name in {*schema.get("required", ())} - {*value})
    for name, item in value.items():
        if name in known:
            yield from faults(item, known[name], f"{path}.{name}")
        else:
            yield f"{path}.{name} is not described"


@pytest.fixture
def document(database: Target, cluster: EmbeddedServer) -> Iterator[dict[str, Any]]:
    name = Identifier("other_side")
    with connect(cluster.target()) as session:
        session.execute("create database {name}", identifiers={"name": name})
    catalogues = []
    for target, script in ((database, ONE), (cluster.target("other_side"), OTHER)):
        with connect(target) as session:
            for statement in script.split(";\n")[:-1]:
                session.run(statement)
            catalogues.append(read_catalogue(session))
    yield json.loads(json.dumps(comparison_document(*catalogues)))
    with connect(cluster.target()) as session:
        session.execute("drop database {name} with (force)", identifiers={"name": name})


def test_a_real_document_is_as_its_schema_says(document: dict[str, Any]) -> None:
    assert list(faults(document, SCHEMA)) == []


def test_the_document_of_the_test_uses_every_list(document: dict[str, Any]) -> None:
    assert [key for key in document if not document[key]] == ["equal"]


def test_the_check_finds_what_is_wrong(document: dict[str, Any]) -> None:
    document["changes"][0]["action"] = "explode"
    del document["equal"]

    assert len(list(faults(document, SCHEMA))) == 2
