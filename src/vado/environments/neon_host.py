"""Hosts of Neon: the direct one in place of the pooled, and TLS that no liar can stand in for.

A server in the way that answers "no TLS here" would be given the password; without the binding to
the channel it could pass on what it hears.
"""

from dataclasses import replace

from vado.database import Target, at_neon, parse_url
from vado.errors import ConfigurationInvalid

_POOLER = "-pooler"
_COMPUTE = "ep-"
_OPTION = "endpoint="
_STRICT_MODES = frozenset({"require", "verify-ca", "verify-full"})


def target_of(url: str) -> Target:
    """Read a connection string, wherever it was given, as it is safe to use."""
    return neon_target(parse_url(url))


def neon_target(target: Target) -> Target:
    """Return the target as it is safe to use; anything that is not at Neon stays as it is."""
    found = direct(target)
    if not at_neon(target):
        return found
    _check(target)
    options = dict(found.options)
    if options.get("sslmode") not in _STRICT_MODES:
        options["sslmode"] = "require"
    options["channel_binding"] = "require"
    return replace(found, options=options)


def direct(target: Target) -> Target:
    """Return the target with the direct way in place of Neon's pooled one.

    A transaction pooler loses session locks and settings, so migrations never go through it. Its
    name stands in the host, or in the option where an address of one's own is in front of Neon.
    """
    found = target
    first, dot, rest = target.host.partition(".")
    if dot and at_neon(target) and first.lower().endswith(_POOLER):
        found = replace(target, host=first[: -len(_POOLER)] + dot + rest)
    options = target.options.get("options", "")
    if options.lower().endswith(_POOLER):
        direct_options = {**target.options, "options": options[: -len(_POOLER)]}
        found = replace(found, options=direct_options)
    return found


def endpoint_of(target: Target) -> str | None:
    """Return the id of Neon's compute that the connection string names; None when it does not."""
    if named := _in_options(target):
        return named
    first = target.host.partition(".")[0].lower()
    if at_neon(target) and first.startswith(_COMPUTE):
        return first.removesuffix(_POOLER)
    return None


def _in_options(target: Target) -> str | None:
    _, found, name = target.options.get("options", "").partition(_OPTION)
    return name.removesuffix(_POOLER) if found else None


def _check(target: Target) -> None:
    password = target.password.reveal() if target.password else ""
    if password.startswith(_OPTION) and (";" in password or "$" in password):
        raise ConfigurationInvalid(
            "the password of the connection string names a Neon endpoint",
            hint="Leave it out: it makes the password go over the line as it is.",
        )
    named, first = _in_options(target), target.host.partition(".")[0].lower()
    if named and first.startswith(_COMPUTE) and named != first.removesuffix(_POOLER):
        raise ConfigurationInvalid(
            f"the connection string names two computes of Neon: {first} and {named}",
            hint="Leave out options=endpoint=...; the host is enough.",
        )
