"""Lists of `name=value`: storage parameters, options of foreign things, settings of functions."""

from collections.abc import Iterable, Iterator

from vado.schema import quoted


def set_and_reset(old: Iterable[str], new: Iterable[str]) -> Iterator[str]:
    """Yield `SET (a=1)` and `RESET (b)` for what differs."""
    before, after = split(old), split(new)
    ended = [name for name in before if name not in after]
    changed = [name for name, value in after.items() if before.get(name) != value]
    stays = [name for name in before if name in after and name not in changed]
    if [*stays, *changed] != list(after):
        # What is set stands behind what was there: to have the order, all are set anew.
        ended, changed = list(before), list(after)
        yield f"RESET ({', '.join(ended)})"
        ended = []
    if changed:
        yield f"SET ({', '.join(f'{name}={literal(after[name])}' for name in changed)})"
    if ended:
        yield f"RESET ({', '.join(ended)})"


def foreign_options(old: Iterable[str], new: Iterable[str]) -> str | None:
    """Return `OPTIONS (ADD a '1', DROP b)` for what differs, None for nothing."""
    before, after = split(old), split(new)
    clauses = [f"DROP {_name(name)}" for name in before if name not in after]
    for name, value in after.items():
        if name not in before:
            clauses.append(f"ADD {_name(name)} {quoted(value)}")
        elif before[name] != value:
            clauses.append(f"SET {_name(name)} {quoted(value)}")
    return f"OPTIONS ({', '.join(clauses)})" if clauses else None


def split(options: Iterable[str]) -> dict[str, str]:
    """Return the values by name."""
    pairs = (text.partition("=") for text in options)
    return {name: value for name, _, value in pairs}


def literal(value: str) -> str:
    """Return a value of a storage parameter as statements write it."""
    plain = value.replace(".", "").replace("-", "").replace("_", "").isalnum()
    return value if plain else quoted(value) or "''"


def _name(name: str) -> str:
    return name if name.isidentifier() and name.islower() else '"' + name.replace('"', '""') + '"'
