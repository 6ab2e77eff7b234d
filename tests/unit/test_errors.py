"""The tree of errors is drawn true, and each tells itself apart."""

import json
import re

import pytest

from vado import errors
from vado.errors import VadoError


def below(kind: type[VadoError]) -> list[type[VadoError]]:
    return [kind, *(k for child in kind.__subclasses__() for k in below(child))]


KINDS = [kind for kind in below(VadoError) if kind.__module__ == "vado.errors"]


def drawn() -> dict[str, str]:
    """Return the parent of each error as the drawing at the top of the module has it."""
    found, above = {}, {}
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"^( *)[*+-] (\w+)", line):
            depth = len(match[1]) // 2
            above[depth] = match[2]
            found[match[2]] = above.get(depth - 1, "Exception")
    return found


def test_the_drawing_is_the_tree() -> None:
    assert drawn() == {kind.__name__: kind.__bases__[0].__name__ for kind in KINDS}


def test_each_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in KINDS]

    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize("kind", KINDS)
def test_statuses_and_exit_codes_are_the_promised_ones(kind: type[VadoError]) -> None:
    assert kind.status in {404, 409, 422, 500, 502}
    assert kind.exit_code in {1, 2, 4, 5, 6, 7, 130}
    assert kind.__doc__


def test_an_error_is_a_problem_document() -> None:
    error = VadoError("it broke", hint="Mend it.", details={"a": 1})

    assert json.loads(json.dumps(error.to_json())) == {
        "code": "vado_error",
        "message": "it broke",
        "hint": "Mend it.",
        "details": {"a": 1},
    }
