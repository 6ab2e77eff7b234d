"""Host names of Neon: the pooled one and the direct one of the same database."""

from dataclasses import replace

from vado.database import Target

_POOLER = "-pooler"


def direct(target: Target) -> Target:
    """Return the target with the direct host in place of Neon's pooled one.

    A transaction pooler loses session locks and settings, so migrations never go through it.
    """
    first, dot, rest = target.host.partition(".")
    if not dot or not f".{rest}".endswith(".neon.tech") or not first.endswith(_POOLER):
        return target
    return replace(target, host=first.removesuffix(_POOLER) + dot + rest)
