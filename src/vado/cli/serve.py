"""`vado serve`: the page in a browser."""

from vado.api import ServeOptions, serve
from vado.cli.call import Call


def run(call: Call) -> int:
    """Serve until Ctrl+C, or until the window that started it is gone."""
    parent = bool(call.option("parent"))
    if not parent:
        # The address alone goes to the output, for programs.
        call.err.line(call.words("serve.how"))
        call.err.stream.flush()
    options = ServeOptions(
        port=call.option("port") or 0,
        parent=parent,
        open_browser=not parent and not call.option("no_browser"),
    )
    serve(call.settings, options)
    return 0
