"""Asks each statement of a plan the rules that concern it, and no others."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vado.risks import texts
from vado.risks.allowances import Allowance, allowances
from vado.risks.effects import take
from vado.risks.embedded import HOLDERS, Content, Entry, contents
from vado.risks.facts import Facts
from vado.risks.known import Known
from vado.risks.model import BLOCKS, SMALL_TABLE_ROWS, Finding, Level, Risk, Rule, lowered
from vado.risks.places import Place, place_of
from vado.risks.rules import RULES, unused_allowance
from vado.risks.subject import Later, Subject
from vado.sql import REFUSED, Node, Script, SqlError, Statement

_DEEPEST_CALL = 5
_TAKES_TIME = frozenset({"lock", "rewrite"})
# Waits for others, and looks at no row.
_AN_INSTANT = frozenset({"detach-partition"})


def _by_key(*, style: bool) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in RULES:
        for key in rule.on if style or not rule.optional else ():
            found[key].append(rule)
    return {key: tuple(rules) for key, rules in found.items()}


_RULES_ON = {style: _by_key(style=style) for style in (False, True)}
_IDS = frozenset(rule.id for rule in RULES)


def judge(
    scripts: Sequence[Script], facts: Facts | None = None, *, style: bool = False
) -> tuple[Risk, ...]:
    """Return the risks of *scripts*, run in this order as one plan, by place.

    Tables that the plan created before are new and empty; without facts the cautious answer is
    given. What a comment in the file allows is marked as suppressed, and stays in the list. *style*
    asks the optional rules too.
    """
    known = Known(facts or Facts())
    known.style = style
    later = Later(scripts)
    return tuple(
        risk
        for number, script in enumerate(scripts)
        for risk in _judge_script(number, script, known, later)
    )


def allowance_errors(script: Script) -> tuple[SqlError, ...]:
    """Return what is wrong with the comments of a script that allow risks."""
    return tuple(allowances(script, _IDS)[1])


def _judge_script(number: int, script: Script, known: Known, later: Later) -> Iterator[Risk]:
    known.begin(number)
    allowed, _ = allowances(script, _IDS)
    ends = [error.offset for error in script.errors if error.code == REFUSED]
    for statement in script.statements:
        later.at = (number, statement.index)
        # Judged as what the text means, though it has to become two migrations.
        while ends and ends[0] < statement.offset:
            ends.pop(0)
            known.split()
        for risk in _judge_entry(Entry(statement), known, later):
            reason = _reason(risk, allowed) if allowed else None
            yield risk if reason is None else replace(risk, suppressed=reason)
    for allowance in allowed:
        for rule in allowance.unused:
            yield _unused(number, allowance, rule)


def _reason(risk: Risk, allowed: Sequence[Allowance]) -> str | None:
    for allowance in allowed:
        if allowance.covers(risk.rule, risk.statement):
            allowance.used.add(risk.rule)
            return allowance.reason
    return None


def _unused(number: int, allowance: Allowance, rule: str) -> Risk:
    params = {"variant": "unused", "rule": rule}
    name = unused_allowance.RULE.id
    return Risk(
        rule=name,
        level=unused_allowance.RULE.level,
        category=unused_allowance.RULE.category,
        script=number,
        statement=max(allowance.statement or 0, 0),
        line=allowance.line,
        column=allowance.column,
        end_line=allowance.line,
        end_column=allowance.end_column,
        message=texts.message("en", name, params),
        remedy=texts.remedy("en", name, params),
        params=params,
        destructive=False,
    )


def _judge_entry(entry: Entry, known: Known, later: Later) -> Iterator[Risk]:
    """Judge a statement, what runs inside it, and then let *known* learn from both."""
    inside: tuple[Content, ...] = ()
    if entry.statement.node.kind in HOLDERS and len(entry.functions) < _DEEPEST_CALL:
        inside = contents(entry, known)
    for rules, subject in _questions(entry.statement, known, later, inside):
        for rule in rules:
            if rule.judges_new or not _is_new(rule, subject):
                for finding in rule.check(subject):
                    yield _risk(entry, rule, subject, finding)
    for part in inside:
        if isinstance(part, Entry):
            yield from _judge_entry(part, known, later)
    known.conditional = entry.conditional
    take(known, entry.statement)
    known.conditional = False


def _questions(
    statement: Statement, known: Known, later: Later, inside: tuple[Content, ...]
) -> Iterator[tuple[tuple[Rule, ...], Subject]]:
    node, rules_on = statement.node, _RULES_ON[known.style]
    if node.kind == "AlterTableStmt" and not _concerns_nothing(node, known):
        prefix = "TYPE_" if node.enum("objtype") == "OBJECT_TYPE" else ""
        for part, command in enumerate(node.nodes("cmds")):
            if rules := rules_on.get(prefix + command.enum("subtype")):
                yield rules, Subject(statement, known, later, command, part)
    # After its commands, so that a rule about the whole knows what they do.
    for key in _keys(node):
        if rules := rules_on.get(key):
            yield rules, Subject(statement, known, later, contents=inside)


def _concerns_nothing(node: Node, known: Known) -> bool:
    """Say whether the table is known not to exist and IF EXISTS says so."""
    return node.flag("missing_ok") and known.table(node.node("relation")).absent


def _keys(node: Node) -> tuple[str, ...]:
    if node.kind == "DropStmt":
        return ("DropStmt", f"DropStmt.{node.enum('removeType')}")
    return (node.kind,)


def _is_new(rule: Rule, subject: Subject) -> bool:
    if subject.target is None or not subject.table.new:
        return False
    # CREATE TABLE IF NOT EXISTS may have met an old table: not trusted where data is at stake.
    return not (subject.table.present and rule.destructive)


def _risk(entry: Entry, rule: Rule, subject: Subject, finding: Finding) -> Risk:
    category = finding.category or rule.category
    if category in _TAKES_TIME and rule.lock and subject.command and rule.id not in _AN_INSTANT:
        subject.scans()
    params = _params(rule, finding)
    if entry.functions:
        params["inside"] = entry.functions[-1]
    place = finding.place or entry.place or _place(subject, finding)
    return Risk(
        rule=rule.id,
        level=_level(finding.level or rule.level, category, finding.rows),
        category=category,
        script=subject.known.transaction[0],
        statement=subject.statement.index,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        message=texts.message("en", rule.id, params),
        remedy=texts.remedy("en", rule.id, params),
        params=params,
        destructive=rule.destructive if finding.destructive is None else finding.destructive,
    )


def _place(subject: Subject, finding: Finding) -> Place:
    part = finding.part if finding.part is not None else subject.part
    return place_of(subject.statement, part, _parts(subject.node))


def _params(rule: Rule, finding: Finding) -> dict[str, str | int]:
    params: dict[str, str | int] = {"variant": finding.variant, **finding.params}
    if lock := finding.lock or rule.lock:
        params |= {"lock": lock, "blocks": BLOCKS[lock]}
    if finding.rows is not None:
        params["rows"] = finding.rows
    return params


def _level(level: Level, category: str, rows: int | None) -> Level:
    # A small table is locked for a moment only; what is lost from it is lost all the same.
    small = rows is not None and rows < SMALL_TABLE_ROWS
    return lowered(level) if small and category in _TAKES_TIME else level


def _parts(node: Node) -> int:
    return len(node.nodes("cmds") or node.nodes("objects") or node.nodes("relations"))
