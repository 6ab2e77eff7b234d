"""PostgreSQL's client tools on this machine, and what each is used for."""

from contextlib import suppress
from typing import Any

from vado.database import ClientTools, find_tools, tools_for
from vado.errors import ToolsError

_SERVERS = range(14, 19)


def tools_in_use() -> list[dict[str, Any]]:
    """Return the client tools, newest first; `chosen_for`: the servers' major versions."""
    chosen: dict[ClientTools, list[str]] = {}
    for major in _SERVERS:
        with suppress(ToolsError):
            chosen.setdefault(tools_for(major * 10_000, tls=False), []).append(str(major))
    found = sorted(find_tools(), key=lambda tools: (tools.version, tools.tls), reverse=True)
    return [_json(tools, chosen.get(tools, [])) for tools in found]


def _json(tools: ClientTools, chosen_for: list[str]) -> dict[str, Any]:
    return {
        "version": ".".join(str(part) for part in tools.version),
        "folder": str(tools.folder),
        "tls": tools.tls,
        "zstd": tools.zstd,
        "chosen_for": chosen_for,
    }
