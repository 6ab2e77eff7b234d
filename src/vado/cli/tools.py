"""`vado tools`: PostgreSQL's client tools, which backups are made with."""

from typing import Any

from vado.cli.call import FORMAT, Call
from vado.cli.screen import dim, good
from vado.database import ClientTools, find_tools, install_tools

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
    found = find_tools()
    if call.json:
        call.document({"format": FORMAT, "items": [_json(tools) for tools in found]})
        return 0
    if not found:
        call.out.line(call.words("tools.none"))
    call.out.table([_row(call, tools) for tools in found], indent=0)
    return 0


def _json(tools: ClientTools) -> dict[str, Any]:
    return {
        "version": _version(tools),
        "folder": str(tools.folder),
        "tls": tools.tls,
        "zstd": tools.zstd,
    }


def _version(tools: ClientTools) -> str:
    return f"{tools.version[0]}.{tools.version[1]}"


def _row(call: Call, tools: ClientTools) -> tuple[str, ...]:
    tls = call.words("tools.tls" if tools.tls else "tools.no_tls")
    zstd = call.words("tools.zstd" if tools.zstd else "tools.no_zstd")
    return (_version(tools), tls, zstd, str(tools.folder))
