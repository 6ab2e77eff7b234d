"""The risks of a plan: one rule a file, one page a rule, one judge over all."""

from vado.risks.facts import Facts
from vado.risks.judge import allowance_errors, judge
from vado.risks.model import LEVELS, Category, Level, Risk, Rule
from vado.risks.rules import RULES
from vado.risks.texts import LANGUAGES, Language, message, remedy, rule_help, title

__all__ = [
    "LANGUAGES",
    "LEVELS",
    "RULES",
    "Category",
    "Facts",
    "Language",
    "Level",
    "Risk",
    "Rule",
    "allowance_errors",
    "judge",
    "message",
    "remedy",
    "rule_help",
    "title",
]
