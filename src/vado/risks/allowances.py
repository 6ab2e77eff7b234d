"""Risks that a comment in the file allows, with the reason that it must give.

`-- vado: allow=drop-column,cascade reason="moved to the archive"` stands before its statement,
inside it, or behind it on its last line. `allow-in-file` concerns every statement of the file.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from vado.sql import Script, SqlError, Statement, comments, position

INVALID = "invalid_allowance"
_MARK = re.compile(r"--[ \t]*vado:[ \t]*(?P<scope>allow(?:-in-file)?)\b(?P<rest>.*)", re.IGNORECASE)
_REST = re.compile(
    r'\s*=\s*(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:reason\s*=\s*"(?P<reason>[^"]*)")?\s*\Z',
    re.IGNORECASE,
)
_WRITTEN = 'Write it as -- vado: allow=RULE reason="why it is fine".'


@dataclass
class Allowance:
    """One comment: the rules it allows, for which statement (None: for all), and why."""

    rules: tuple[str, ...]
    reason: str
    statement: int | None
    line: int
    column: int
    end_column: int
    used: set[str] = field(default_factory=set)

    def covers(self, rule: str, statement: int) -> bool:
        """Say whether it is about that rule at that statement."""
        return rule in self.rules and self.statement in {None, statement}

    @property
    def unused(self) -> tuple[str, ...]:
        """The rules that found nothing to allow."""
        return tuple(rule for rule in self.rules if rule not in self.used)


def allowances(script: Script, known: Collection[str]) -> tuple[list[Allowance], list[SqlError]]:
    """Return the sound comments of a script, and what is wrong with the others."""
    found: list[Allowance] = []
    errors: list[SqlError] = []
    for comment, offset in _marked(script.text):
        match = _REST.match(comment["rest"].rstrip())
        rules = tuple(re.split(r"\s*,\s*", match["rules"])) if match else ()
        if problem := _problem(match, rules, known):
            errors.append(_error(script, offset, *problem))
        elif match is not None:
            line, column = position(script.text, offset)
            everywhere = comment["scope"].lower() != "allow"
            about = None if everywhere else _statement_of(script, offset, line)
            end = column + len(comment[0].rstrip())
            reason = match["reason"].strip()
            found.append(Allowance(rules, reason, about, line, column, end))
    return found, errors


def _marked(text: str) -> Iterator[tuple[re.Match[str], int]]:
    # Most files have none, and the lexer need not look for them.
    if not _MARK.search(text):
        return
    for comment, offset in comments(text):
        if match := _MARK.match(comment):
            yield match, offset


def _problem(
    match: re.Match[str] | None, rules: Sequence[str], known: Collection[str]
) -> tuple[str, str] | None:
    if match is None:
        return "this allowance cannot be read", _WRITTEN
    for rule in rules:
        if rule not in known:
            return f"there is no rule {rule} to allow", "Take the name from the report of the risk."
    if not (match["reason"] or "").strip():
        return f"the allowance of {', '.join(rules)} gives no reason", _WRITTEN
    return None


def _error(script: Script, offset: int, message: str, hint: str) -> SqlError:
    return SqlError(INVALID, message, hint, offset, *position(script.text, offset))


def _statement_of(script: Script, offset: int, line: int) -> int | None:
    """Return the statement that a comment belongs to, -1 when it belongs to none."""
    before: Statement | None = None
    for statement in script.statements:
        if offset < statement.offset + len(statement.text):
            if before is not None and _last_line(script, before) == line:
                return before.index
            # What is broken in between is what the comment was written for.
            broken = any(offset < error.offset < statement.offset for error in script.errors)
            return -1 if broken else statement.index
        before = statement
    return before.index if before is not None and _last_line(script, before) == line else -1


def _last_line(script: Script, statement: Statement) -> int:
    """Return the line on which a statement ends, with its semicolon."""
    end = statement.offset + len(statement.text)
    semicolon = _SEMICOLON.match(script.text, end)
    return position(script.text, semicolon.end() - 1 if semicolon else end)[0]


_SEMICOLON = re.compile(r"\s*;")
