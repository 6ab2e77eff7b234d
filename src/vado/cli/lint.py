"""`vado lint`: files judged without a database, or with one at hand."""

import gc
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vado.application import judge_file, sql_files
from vado.cli.call import FORMAT, Call
from vado.cli.risks import show_risk
from vado.cli.screen import bad, bold, dim, good
from vado.cli.source import show_excerpt
from vado.errors import MigrationFileInvalid, VadoError
from vado.migrations import read_text
from vado.risks import LEVELS, Facts, message, remedy

_TOO_RISKY = 4
_RISK_KEYS = ("level", "category", "line", "column", "message", "remedy")
_SUPPRESSED_KEYS = (*_RISK_KEYS, "suppressed")
_ERROR_KEYS = ("code", "line", "column", "message", "hint")

Document = Mapping[str, Any]


def run(call: Call) -> int:
    """Judge each file by itself; 1 when one has an error, 4 above --max-risk."""
    facts = _facts(call)
    # Trees have no cycles, and looking for some takes as long as judging.
    gc.disable()
    style = bool(call.option("style"))
    files = [_judged(name, facts, style=style) for name in _names(call)]
    if call.json:
        call.document({"format": FORMAT, "files": [_json(file) for file in files]})
    elif call.option("sarif"):
        call.document(_sarif(call, files))
    else:
        for file in files:
            _show(call, file)
    return _exit_code(call, files)


def _names(call: Call) -> list[str]:
    """Return the files to judge: a folder stands for its SQL files, --base leaves out the known."""
    named: list[str] = []
    for name in call.option("files"):
        folder = Path(name)
        named.extend(map(str, sql_files(folder)) if folder.is_dir() else [name])
    if call.option("base") is None:
        return named
    from vado.application import changed_files

    return [
        str(path) for path in changed_files([Path(name) for name in named], call.option("base"))
    ]


def _facts(call: Call) -> Facts | None:
    version, url = call.option("pg_version"), call.option("url")
    if url is not None:
        from vado.application import read_facts

        return read_facts(url)
    return Facts(server_version=version * 10000) if version is not None else None


def _judged(name: str, facts: Facts | None, *, style: bool) -> dict[str, Any]:
    """Return what is wrong with a file; a file that cannot be read has that as its error."""
    text = ""
    try:
        text = _typed_in() if name == "-" else read_text(Path(name))
        found = judge_file(Path(name), text, facts, style=style)
    except VadoError as error:
        found = [_unreadable(error)]
    return {"file": name, "text": text, "found": found}


def _typed_in() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise MigrationFileInvalid(
            "the standard input is not UTF-8", hint="Save the text as UTF-8."
        ) from error


def _unreadable(error: VadoError) -> dict[str, Any]:
    return {
        "severity": "error",
        "code": error.code,
        "level": None,
        "line": error.details.get("line", 1),
        "column": error.details.get("column", 1),
        "message": error.message,
        "remedy": error.hint,
    }


def _errors(file: Document) -> list[Document]:
    return [d for d in file["found"] if d["severity"] == "error"]


def _risks(file: Document) -> list[Document]:
    """Return the risks that no comment in the file allows."""
    return [d for d in file["found"] if d["severity"] == "risk" and not d["suppressed"]]


def _suppressed(file: Document) -> list[Document]:
    return [d for d in file["found"] if d["severity"] == "risk" and d["suppressed"]]


def _json(file: Document) -> dict[str, Any]:
    return {
        "file": file["file"],
        "errors": [
            {**{k: e.get(k) for k in _ERROR_KEYS}, "hint": e["remedy"]} for e in _errors(file)
        ],
        "risks": [_risk_json(risk, _RISK_KEYS) for risk in _risks(file)],
        "suppressed": [_risk_json(risk, _SUPPRESSED_KEYS) for risk in _suppressed(file)],
    }


def _risk_json(risk: Document, keys: tuple[str, ...]) -> dict[str, Any]:
    return {"rule": risk["code"], **{key: risk[key] for key in keys}}


def _sarif(call: Call, files: list[dict[str, Any]]) -> dict[str, Any]:
    from vado.cli.sarif import Finding, Place, sarif_document

    found = []
    for file in files:
        lines = file["text"].splitlines()
        for item in file["found"]:
            told, safe = _told(call, item)
            ends = item.get("end_line"), item.get("end_column")
            place = Place(file["file"], item["line"], item["column"], *ends)
            text = lines[item["line"] - 1] if 0 < item["line"] <= len(lines) else ""
            details = {"category": item["category"]} if item["severity"] == "risk" else {}
            level = item["level"] or "critical"
            details |= {"suppressed": item["suppressed"]} if item.get("suppressed") else {}
            found.append(Finding(item["code"], level, told, safe, place, text, details))
    return sarif_document(call, found)


def _told(call: Call, item: Document) -> tuple[str, str | None]:
    """Return message and remedy in the user's language; those of the parser are English."""
    if item["severity"] == "error":
        return item["message"], item["remedy"]
    language, code, params = call.words.language, item["code"], item["params"]
    return message(language, code, params), remedy(language, code, params)


def _exit_code(call: Call, files: list[dict[str, Any]]) -> int:
    if any(_errors(file) for file in files):
        return 1
    limit = call.option("max_risk")
    levels = [risk["level"] for file in files for risk in _risks(file)]
    above = limit is not None and any(LEVELS.index(v) > LEVELS.index(limit) for v in levels)
    return _TOO_RISKY if above else 0


def _show(call: Call, file: Document) -> None:
    if not file["found"]:
        call.out.line(good("✓ "), file["file"])
        return
    call.out.line(bold(file["file"]))
    lines = file["text"].removeprefix("\ufeff").splitlines()
    for error in _errors(file):
        call.out.line(bad(f"✗ {call.words('error.label')}"), f" {error['message']}", indent=2)
        call.out.line(dim(f"{file['file']}:{error['line']}:{error['column']}"), indent=4)
        if 0 < error["line"] <= len(lines):
            place = error["line"], error["column"]
            show_excerpt(call.out, lines[place[0] - 1], place, indent=4)
        if error["remedy"]:
            call.out.paragraph(error["remedy"], indent=4)
    for risk in (*_risks(file), *_suppressed(file)):
        show_risk(call, {**risk, "rule": risk["code"]}, file["file"])
    call.out.blank()
