"""`vado diff`: what makes one database different from another."""

from vado.application import compare_databases
from vado.cli.call import Call
from vado.cli.plan import change_pieces, outermost
from vado.cli.screen import dim, good

_DIFFERS = 3


def run(call: Call) -> int:
    """Compare two databases; 3 with --exit-code when they differ."""
    document = compare_databases(call.option("from_url"), call.option("to_url"))
    if call.json:
        call.document(document)
    elif document["equal"]:
        call.out.line(good("✓ "), call.words("diff.equal"))
    else:
        shown = [*outermost(document["changes"])]
        call.out.line(call.words("diff.title", count=len(document["changes"])))
        for change in shown:
            call.out.line(*change_pieces(call, change), indent=2)
    if not call.json:
        for kind in document["not_compared"]:
            text = call.words("diff.not_compared", kind=kind["kind"], count=kind["count"])
            call.out.line(dim(text), indent=2)
    return _DIFFERS if call.option("exit_code") and not document["equal"] else 0
