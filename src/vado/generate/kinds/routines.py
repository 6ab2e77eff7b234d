"""Functions, procedures, aggregates, triggers, rules, policies, event triggers."""

from vado.generate.model import REBUILD, Alteration, Pair
from vado.generate.names import own_name
from vado.schema import STATES

_REPLACED = frozenset(
    {"definition", "body", "language", "volatility", "strict", "security_definer", "leakproof",
     "parallel", "cost", "rows", "support", "settings", "library", "arguments"}
)  # fmt: skip


def routine(pair: Pair) -> Alteration:
    """Replace a routine where its signature allows that, else make it again."""
    if not pair.only(*_REPLACED):
        return REBUILD
    if "arguments" in pair.details and not _only_more_defaults(pair):
        return REBUILD
    return Alteration(main=(f"{(pair.after.definition or '').rstrip()};",))


def _only_more_defaults(pair: Pair) -> bool:
    """Say whether the arguments keep their names and what defaults they had."""
    old = _arguments(pair.before.text("arguments") or "")
    new = _arguments(pair.after.text("arguments") or "")
    if [name for name, _ in old] != [name for name, _ in new]:
        return False
    return all(later or not earlier for (_, earlier), (_, later) in zip(old, new, strict=True))


def _arguments(text: str) -> list[tuple[str, bool]]:
    found = []
    for part in _split(text):
        front, default, _ = part.partition(" DEFAULT ")
        found.append((front.strip(), bool(default)))
    return found


def _split(text: str) -> list[str]:
    """Split at commas that stand outside of quotes, parentheses and brackets."""
    parts, depth, quote, begun = [], 0, "", 0
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[begun:place])
            begun = place + 1
    return [*parts, text[begun:]] if text else []


def switched(pair: Pair) -> Alteration:
    """Enable or disable a trigger or rule; anything else makes it again."""
    if not pair.only("enabled"):
        return REBUILD
    state = STATES.get(pair.after.text("enabled") or "", "ENABLE")
    noun = pair.after.kind.upper()
    text = f"ALTER TABLE {pair.after.parent} {state} {noun} {own_name(pair.after)};"
    return Alteration(main=(text,))


def event_trigger(pair: Pair) -> Alteration:
    """Enable or disable an event trigger; anything else makes it again."""
    if not pair.only("enabled"):
        return REBUILD
    state = STATES.get(pair.after.text("enabled") or "", "ENABLE")
    return Alteration(main=(f"ALTER EVENT TRIGGER {pair.identity} {state};",))


def policy(pair: Pair) -> Alteration:
    """Alter whom a policy is for and its conditions, which cannot be taken away in place."""
    before, after = pair.before, pair.after
    ended = any(
        before.text(name) is not None and after.text(name) is None
        for name in ("using", "with_check")
    )
    if ended or not pair.only("roles", "using", "with_check"):
        return REBUILD
    clauses = []
    if "roles" in pair.details:
        clauses.append(f" TO {', '.join(after.texts('roles'))}")
    if "using" in pair.details:
        clauses.append(f" USING ({after.text('using')})")
    if "with_check" in pair.details:
        clauses.append(f" WITH CHECK ({after.text('with_check')})")
    text = f"ALTER POLICY {own_name(after)} ON {after.parent}{''.join(clauses)};"
    return Alteration(main=(text,))
