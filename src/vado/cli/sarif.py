"""SARIF 2.1.0: findings as code hosts and editors read them."""

import hashlib
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vado import __version__
from vado.application import REFUSED
from vado.cli.call import Call
from vado.risks import RULES, rule_help, title

Document = dict[str, Any]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}
_CHECKED = "docs/cli.md#vado-check"
_OF_A_BRANCH = frozenset(f"migration_{kind}" for kind in REFUSED)
_KNOWN = {rule.id: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Place:
    """A file as it was named, and where in it; from 1, in characters, the end exclusive."""

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """An error or a risk; `text` is the line that it is about, by which it is known again."""

    rule: str
    level: str
    message: str
    remedy: str | None
    place: Place
    text: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def sarif_document(call: Call, findings: Sequence[Finding]) -> Document:
    """Return the log of one run, with the rules that it found something by."""
    rules = list(dict.fromkeys(finding.rule for finding in findings))
    seen: Counter[str] = Counter()
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Vado",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "language": call.words.language,
                        "rules": [_rule(call, rule) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(call, finding, rules, seen) for finding in findings],
            }
        ],
    }


def _rule(call: Call, rule: str) -> Document:
    return _risk_rule(call, rule) if rule in _KNOWN else _error_rule(call, rule)


def _risk_rule(call: Call, name: str) -> Document:
    language, rule = call.words.language, _KNOWN[name]
    level, page = _LEVELS[rule.level], f"docs/risks/{name}.md"
    about, safe = rule_help(language, name)
    safer, see = call.words("risk.remedy"), call.words("sarif.page", page=page)
    code = f"```sql\n{safe}\n```" if "\n" in safe or safe.endswith(";") else safe
    return {
        "id": name,
        "shortDescription": {"text": title(language, name)},
        "fullDescription": {"text": about},
        "help": {
            "text": f"{safer}\n{safe}\n\n{see}",
            "markdown": f"{about}\n\n**{safer}**\n\n{code}\n\n{see}",
        },
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["postgresql", "migration", rule.category],
            "problem.severity": _SEVERITIES[level],
            "page": page,
        },
    }


def _error_rule(call: Call, code: str) -> Document:
    key = f"sarif.{code}"
    text = call.words(key) if call.words.has(key) else code.replace("_", " ")
    page = _CHECKED if code in _OF_A_BRANCH else f"docs/errors.md#{code}"
    return {
        "id": code,
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": call.words("sarif.page", page=page)},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["postgresql", "migration"],
            "problem.severity": "error",
            "page": page,
        },
    }


def _result(call: Call, finding: Finding, rules: Sequence[str], seen: Counter[str]) -> Document:
    remedy = finding.remedy
    text = finding.message
    if remedy:
        text += f"\n{call.words('risk.remedy')} {remedy}" if _is_risk(finding) else f"\n{remedy}"
    uri = _uri(finding.place.file)
    location = {"artifactLocation": {"uri": uri}, "region": _region(finding.place)}
    reason = finding.details.get("suppressed")
    # A code host shows a suppressed finding as closed, with its reason.
    suppressions = [{"kind": "inSource", "justification": reason}] if reason else []
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
        "suppressions": suppressions,
        "partialFingerprints": {"vadoFinding/v1": _fingerprint(finding, uri, seen)},
        "properties": {"level": finding.level, **finding.details},
    }


def _is_risk(finding: Finding) -> bool:
    return finding.rule in _KNOWN


def _region(place: Place) -> Document:
    # Code hosts show nothing without a line.
    known = {
        "startLine": place.line or 1,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {name: value for name, value in known.items() if value is not None}


def _uri(name: str) -> str:
    """Return how a code host finds the file: relative to where we are, where it is below."""
    path, here = Path(os.path.abspath(name)), Path.cwd()  # noqa: PTH100 (a link keeps its name)
    if path.is_relative_to(here):
        return quote(path.relative_to(here).as_posix())
    return path.as_uri()


def _fingerprint(finding: Finding, uri: str, seen: Counter[str]) -> str:
    # Without the line's number, so that a finding is the same when lines above it are added.
    told = f"{finding.rule}\0{uri}\0{finding.text.strip()}\0{finding.message}"
    digest = hashlib.sha256(told.encode(errors="replace")).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
