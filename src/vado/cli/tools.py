"""`vado tools`: PostgreSQL's client tools, which backups are made with."""

from typing import Any

from vado.application import tools_in_use
from vado.cli.call import FORMAT, Call
from vado.cli.screen import dim, good
from vado.database import install_tools

_USUAL = (16, 18)


def install(call: Call) -> int:
    """Fetch the tools of the versions asked for, unless they are there."""

    def told(version: str) -> None:
        if not call.json:
            call.err.line(dim(call.words("tools.fetching", version=version)))
            call.err.stream.flush()

    folders = install_tools(call.option("majors") or _USUAL, progress=told)
    if call.json:
        items = [{"version": folder.name, "folder": str(folder)} for folder in folders]
        call.document({"format": FORMAT, "items": items})
        return 0
    for folder in folders:
        call.out.line(good("✓ "), f"PostgreSQL {folder.name}  ", dim(str(folder)))
    return 0


def list(call: Call) -> int:  # noqa: A001 (named as the command is)
    """List the tools that were found on this machine."""
    found = tools_in_use()
    if call.json:
        call.document({"format": FORMAT, "items": found})
        return 0
    if not found:
        call.out.line(call.words("tools.none"))
    call.out.table([_row(call, tools) for tools in found], indent=0)
    return 0


def _row(call: Call, tools: dict[str, Any]) -> tuple[str, ...]:
    words = call.words
    tls = words("tools.tls" if tools["tls"] else "tools.no_tls")
    zstd = words("tools.zstd" if tools["zstd"] else "tools.no_zstd")
    servers = ", ".join(tools["chosen_for"])
    chosen = words("tools.chosen_for", servers=servers) if servers else ""
    return (tools["version"], tls, zstd, chosen, tools["folder"])
