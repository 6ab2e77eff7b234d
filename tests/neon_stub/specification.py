"""Neon's own description of its API: which operation a request is, and whether it fits.

The description ships in the npm package `@neondatabase/api-client`, which `make setup` installs in
the version and with the hash of package-lock.json. It is not kept here: the package is under the
MIT licence, the description inside calls itself proprietary.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from jsonschema import Draft202012Validator, FormatChecker

FOLDER = Path(__file__).parent
PACKAGE = FOLDER / "node_modules" / "@neondatabase" / "api-client"
_FILE = PACKAGE / "public-v2-for-users.gen.yaml"
_METHODS = ("get", "post", "put", "patch", "delete")
_formats = FormatChecker(["uuid"])
# RFC 3339, which jsonschema checks only with a further package.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@_formats.checks("date-time")
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or _TIME.fullmatch(value) is not None


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    id: str
    parameters: tuple[Mapping[str, Any], ...]
    body: Mapping[str, Any] | None
    body_required: bool
    responses: Mapping[str, Mapping[str, Any]]


class Specification:
    """The description, and the questions that are asked of it."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = _as_json_schema(document)

    @cached_property
    def _operations(self) -> list[tuple[str, re.Pattern[str], Operation]]:
        found = []
        for path, item in self._document["paths"].items():
            pattern = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))
            for method in _METHODS:
                if method in item:
                    operation = self._operation(item, item[method])
                    found.append((method.upper(), pattern, operation))
        return found

    def _operation(self, item: Mapping[str, Any], told: Mapping[str, Any]) -> Operation:
        body = told.get("requestBody", {})
        parameters = [*item.get("parameters", ()), *told.get("parameters", ())]
        return Operation(
            id=told["operationId"],
            parameters=tuple(self._resolved(p) for p in parameters),
            body=body.get("content", {}).get("application/json", {}).get("schema"),
            body_required=body.get("required", False),
            responses={str(k): self._resolved(v) for k, v in told["responses"].items()},
        )

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """Return the operation and what stands in its path; one without placeholders wins."""
        found = [
            (operation, match.groupdict())
            for known, pattern, operation in self._operations
            if known == method and (match := pattern.fullmatch(path))
        ]
        if not found:
            return None
        operation, values = min(found, key=lambda each: len(each[1]))
        return operation, {name: unquote(value) for name, value in values.items()}

    def request_faults(
        self,
        operation: Operation,
        values: Mapping[str, str],
        query: Mapping[str, str],
        body: Any,
    ) -> Iterator[str]:
        """Tell what in a request the description does not know or allow."""
        yield from self._parameter_faults(operation, values, query)
        if body is None:
            if operation.body_required:
                yield f"{operation.id}: the body is missing"
        elif operation.body is None:
            yield f"{operation.id}: takes no body"
        else:
            yield from self._faults(operation.body, body, f"{operation.id}: body")

    def _parameter_faults(
        self, operation: Operation, values: Mapping[str, str], query: Mapping[str, str]
    ) -> Iterator[str]:
        known = {(p["in"], p["name"]): p for p in operation.parameters}
        for place, given in (("path", values), ("query", query)):
            for name, text in given.items():
                if (place, name) not in known:
                    yield f"{operation.id}: no parameter {name} in the {place}"
                else:
                    schema = known[place, name]["schema"]
                    yield from self._faults(schema, self._typed(schema, text), f"{place} {name}")
        for (place, name), parameter in known.items():
            if parameter.get("required") and place == "query" and name not in query:
                yield f"{operation.id}: the parameter {name} is missing"

    def response_faults(self, operation: Operation, status: int, body: Any) -> Iterator[str]:
        """Tell what in an answer the description does not know or allow."""
        response = operation.responses.get(str(status)) or operation.responses["default"]
        if str(status) not in operation.responses and status < 400:
            yield f"{operation.id}: answers no {status}"
        content = response.get("content", {}).get("application/json")
        if content is None:
            if body is not None:
                yield f"{operation.id}: {status} has no body"
        else:
            yield from self._faults(content["schema"], body, f"{operation.id}: {status}")

    def _faults(self, schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:
        whole = {"allOf": [schema], "components": self._document["components"]}
        validator = Draft202012Validator(whole, format_checker=_formats)
        for error in validator.iter_errors(value):
            yield f"{where}{error.json_path[1:]}: {error.message}"
        for unknown in self._unknown(schema, value):
            yield f"{where}: there is no field {unknown}"

    def _unknown(self, schema: Mapping[str, Any], value: Any) -> Iterator[str]:
        """Find names that no part of the schema has, which JSON Schema itself lets pass."""
        parts = list(self._parts(schema))
        if isinstance(value, list):
            inner = [part["items"] for part in parts if "items" in part]
            for each in value:
                yield from self._unknown({"allOf": inner}, each)
        elif isinstance(value, dict):
            known: dict[str, Any] = {}
            for part in parts:
                known |= part.get("properties", {})
            if any("additionalProperties" in part for part in parts) or not known:
                return
            for name, inside in value.items():
                if name not in known:
                    yield name
                else:
                    yield from self._unknown(known[name], inside)

    def _parts(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        schema = self._resolved(schema)
        yield schema
        for word in ("allOf", "oneOf", "anyOf"):
            for part in schema.get(word, ()):
                yield from self._parts(part)

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            found: Any = self._document
            for name in node["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            node = found
        return node

    def _typed(self, schema: Mapping[str, Any], text: str) -> Any:
        kind = self._resolved(schema).get("type")
        if kind == "boolean" and text in {"true", "false"}:
            return text == "true"
        if kind in {"integer", "number"} and re.fullmatch(r"-?\d+", text):
            return int(text)
        return text


def _as_json_schema(node: Any) -> Any:
    """Write OpenAPI 3.0's `nullable` as JSON Schema does, and drop the examples."""
    if isinstance(node, list):
        return [_as_json_schema(each) for each in node]
    if not isinstance(node, dict):
        return node
    known = {k: _as_json_schema(v) for k, v in node.items() if k not in {"example", "examples"}}
    if known.get("nullable") is True and isinstance(known.get("type"), str):
        known["type"] = [known["type"], "null"]
    return known


@cache
def specification() -> Specification:
    """Read the description, once a process."""
    assert _FILE.exists(), "Neon's description of its API is not installed: make setup"
    with _FILE.open(encoding="utf-8") as file:
        return Specification(yaml.load(file, Loader=_Loader))  # noqa: S506 (a safe loader)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # one of two
    """Leaves times as the text that they are."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in _Loader.yaml_implicit_resolvers.items()
}
