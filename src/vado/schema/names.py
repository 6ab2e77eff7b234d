"""Identities taken apart: `public."a.b".c` and `public.f(integer)`, as PostgreSQL quotes them."""

import re

_PART = re.compile(r'"(?:[^"]|"")*"|[^".()]+')
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*_[a-z0-9_$]*")
_FRONT = re.compile(r'(?:"(?:[^"]|"")*"|[^"(])*')


def name_parts(identity: str) -> list[str]:
    """Return the parts of a qualified name, each still quoted."""
    return _PART.findall(identity)


def unquoted(part: str) -> str:
    """Return the plain text of one part."""
    return part[1:-1].replace('""', '"') if part.startswith('"') else part


def identifier(name: str) -> str:
    """Return a plain name quoted where PostgreSQL might need it."""
    return name if _PLAIN.fullmatch(name) else '"' + name.replace('"', '""') + '"'


def plain_parts(identity: str) -> tuple[str, ...]:
    """Return the parts of a qualified name, each without its quotes."""
    return tuple(unquoted(part) for part in name_parts(identity))


def before_arguments(identity: str) -> str:
    """Return `public.f` of `public.f(integer)`, wherever a quoted name has a parenthesis."""
    front = _FRONT.match(identity)
    return front.group() if front else identity


def split_column(text: str) -> tuple[str, str]:
    """Split `name: text`, where a quoted name may itself hold a colon."""
    found = re.match(r'("(?:[^"]|"")*"|[^:]*): (.*)', text, re.DOTALL)
    return (found[1], found[2]) if found else (text, "")
