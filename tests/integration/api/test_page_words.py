"""Whatever the server names by a code the page has words for, in English; a test of its own holds
the Spanish against them.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from vado.backups.model import BackupState, Kind, Reason, RestoreMode
from vado.errors import VadoError

ROOT = Path(__file__).parents[3]
PLURAL = ("", "_one", "_other", "_alone")


def words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "web/src/locales/en.json").read_text())
    return found


def missing(known: dict[str, Any], codes: set[str]) -> set[str]:
    return {code for code in codes if not any(code + form in known for form in PLURAL)}


def errors(kind: type[VadoError] = VadoError) -> Iterator[str]:
    yield kind.code
    for child in kind.__subclasses__():
        yield from errors(child)


def said(method: str, argument: int) -> set[str]:
    """Return the codes that the sources give to `….method(…)`."""
    found = set()
    for path in (ROOT / "src/vado").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == method
                and len(node.args) > argument
                and isinstance(code := node.args[argument], ast.Constant)
                and isinstance(code.value, str)
            ):
                found.add(code.value)
    return found


def test_every_error_is_told_in_the_words_of_the_page() -> None:
    assert missing(words()["error"], set(errors())) == set()


def test_every_reason_that_an_error_about_backups_names_is() -> None:
    because = words()["because"]
    reasons = set()
    for path in (ROOT / "src/vado/backups").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "details":
                named = re.search(r"'reason': '(\w+)'", ast.unparse(node.value))
                reasons |= {named[1]} if named else set()
    assert len(reasons) > 15
    assert reasons - {reason for of in because.values() for reason in of} == set()


def test_every_step_of_an_operation_is() -> None:
    assert missing(words()["operation"]["step"], said("step", 0)) == set()


def test_every_line_of_a_log_with_a_code_is() -> None:
    codes = {code for code in said("log", 1) if code.isidentifier()}
    assert missing(words()["operation"]["said"], codes) == set()


def test_what_is_known_of_a_backup_is() -> None:
    known = words()["backup"]
    for name, values in (("state", BackupState), ("reason", Reason), ("kind", Kind)):
        assert missing(known[name], set(get_args(values))) == set()
    assert missing(words()["restore"]["mode"], set(get_args(RestoreMode))) == set()


def test_what_is_noted_of_a_restore_before_it_is() -> None:
    source = (ROOT / "src/vado/backups/preview.py").read_text()
    codes = {
        call.args[0].value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and (call.func.attr, ast.unparse(call.func.value)) == ("add", "notes")
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(codes) > 3
    assert missing(words()["restore"]["note"], {str(code) for code in codes}) == set()
