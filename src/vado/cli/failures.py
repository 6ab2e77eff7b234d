"""How an error is told: two lines for people, one document for programs."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from vado.cli.call import FORMAT, Call
from vado.cli.screen import bad, bold, wrapped
from vado.cli.words import Words, load_texts
from vado.errors import VadoError

if TYPE_CHECKING:
    from vado.operations import Operation

Problem = Mapping[str, Any]


def show_error(call: Call, problem: Problem) -> None:
    """Write an error (code, message, hint, details) where it belongs."""
    if call.json:
        call.document({"format": FORMAT, "error": dict(problem)})
        return
    message, hint = told(call.words, problem)
    _labelled(call, call.words("error.label"), message)
    if hint:
        _labelled(call, call.words("hint.label"), hint)


def _labelled(call: Call, label: str, text: str) -> None:
    lines = _broken(call, label, text)
    paint = bad if label == call.words("error.label") else bold
    call.err.line(paint(label), " ", lines[0])
    for line in lines[1:]:
        call.err.line(line, indent=2)


def _broken(call: Call, label: str, text: str) -> list[str]:
    """Return the lines of a text; a long one is broken only where a person reads it."""
    lines = text.splitlines() or [""]
    if not call.err.stream.isatty():
        return lines
    width = call.err.width - len(label) - 1
    return [part for line in lines for part in wrapped(line, width)]


def told(words: Words, problem: Problem) -> tuple[str, str | None]:
    """Return message and hint in the user's language, in English where there is no translation."""
    message, hint = str(problem["message"]), problem.get("hint")
    if words.language == "en":
        return message, hint
    every, code = load_texts(f"errors.{words.language}"), problem["code"]
    values = _values(words, problem)
    reason = (problem.get("details") or {}).get("reason")
    # What is said of this reason goes before what is said of all that have the code.
    said = [every.get(key, {}) for key in (f"{code}.{reason}", code)]
    return (
        _first(_filled(texts.get("message"), values) for texts in said) or message,
        _first(_filled(texts.get("hint"), values) for texts in said) or hint,
    )


def _first(texts: Iterator[str | None]) -> str | None:
    return next(filter(None, texts), None)


def _filled(template: str | None, values: Mapping[str, object]) -> str | None:
    if template is None:
        return None
    try:
        return template.format_map(values)
    except (KeyError, IndexError):
        return None  # this error of that code lacks what the sentence names


def _values(words: Words, problem: Problem) -> dict[str, object]:
    details: Mapping[str, Any] = problem.get("details") or {}
    known = {key: _listed(value) for key, value in details.items() if value is not None}
    known["message"] = problem["message"]
    if holder := details.get("holder"):
        known |= {f"holder_{name}": value for name, value in holder.items()}
        known["holder_since"] = words.moment(holder["since"])
    if "changed" in details:
        known["changed"] = ", ".join(words.named("changed", c) for c in details["changed"])
    if "missing" in details and problem["code"] == "requirements_missing":
        known["missing"] = ", ".join(
            words(f"missing.{r['kind']}", rule=r["rule"], word=r["word"])
            for r in details["missing"]
        )
    return known


def _listed(value: object) -> object:
    names = isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    return ", ".join(value) if names else value  # type: ignore[arg-type]  # said by the line above


def operation_failed(call: Call, operation: "Operation") -> int:
    """Tell why an operation did not succeed and what state was left; return the exit code."""
    error = dict(operation.error or {})
    if operation.state == "cancelled" and not call.json:
        error["hint"] = call.words(f"cancelled.{operation.kind}")
    show_error(call, error)
    return exit_code_of(error)


def exit_code_of(problem: Problem | None) -> int:
    """Return the exit code that belongs to an error's code."""
    waiting: list[type[VadoError]] = [VadoError]
    while waiting:
        kind = waiting.pop()
        if problem is not None and kind.code == problem.get("code"):
            return kind.exit_code
        waiting.extend(kind.__subclasses__())
    return 1
