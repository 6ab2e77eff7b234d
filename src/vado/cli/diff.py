"""`vado diff`: what makes one database different from another, and the migration between them."""

from collections.abc import Mapping
from typing import Any

from vado.application import Order, compare, generate_migration
from vado.cli.call import Call
from vado.cli.plan import change_pieces, outermost
from vado.cli.screen import dim, good
from vado.cli.unwritten import unwritten

_DIFFERS = 3
_UNPROVEN = 6
_ORDER = "column_order"


def run(call: Call) -> int:
    """Compare two databases; 3 with --exit-code when they differ, 6 when SQL is not complete."""
    from_, to = call.option("from_url"), call.option("to_url")
    if call.option("sql"):
        renames = tuple(call.option("rename") or ())
        order = Order(from_, to, safe=bool(call.option("safe")), renames=renames)
        return _script(call, generate_migration(call.vado, order))
    document = compare(call.vado, from_, to)
    if call.json:
        call.document(document)
    else:
        _tell(call, document)
    return _code(call, document)


def _code(call: Call, document: dict[str, Any]) -> int:
    return _DIFFERS if call.option("exit_code") and not document["equal"] else 0


def _tell(call: Call, document: dict[str, Any]) -> None:
    if document["equal"]:
        call.out.line(good("✓ "), call.words("diff.equal"))
    else:
        call.out.line(call.words("diff.title", count=len(document["changes"])))
        shown = [*outermost(document["changes"])]
        for change in shown:
            if change["section"] == "structure":
                call.out.line(*change_pieces(call, change), indent=2)
        _tell_access(call, [change for change in shown if change["section"] == "access"])
    for question in document["rename_candidates"]:
        named = call.words.named("object", question["kind"])
        ends = {"kind": named, "old": question["from"], "new": question["to"]}
        call.out.line(call.words("diff.renamed", **ends, why=_why(call, question)), indent=2)
    for remark in document["remarks"]:
        call.out.line(dim(_remark(call, remark)), indent=2)
    for kind in document["not_compared"]:
        text = call.words("diff.not_compared", kind=kind["kind"], count=kind["count"])
        call.out.line(dim(text), indent=2)


def _tell_access(call: Call, changes: list[Mapping[str, Any]]) -> None:
    if changes:
        call.out.line(call.words("diff.access"))
    for change in changes:
        call.out.line(*change_pieces(call, change), indent=2)


def _remark(call: Call, remark: Mapping[str, Any]) -> str:
    return call.words(f"diff.remark.{remark['code']}", identity=remark["identity"])


def _why(call: Call, question: dict[str, Any]) -> str:
    return call.words(f"diff.why.{question['why']}")


def _script(call: Call, document: dict[str, Any]) -> int:
    """Print the script alone; what is not in it goes to standard error."""
    if call.json:
        call.document(document)
    else:
        print(document["sql"], end="")  # noqa: T201 (for psql: nothing may wrap or colour it)
        _tell_what_is_not_in_it(call, document)
    if not document["complete"]:
        return _UNPROVEN
    return _code(call, document)


def _tell_what_is_not_in_it(call: Call, document: dict[str, Any]) -> None:
    for line in unwritten(call.words, document["cannot"], document["proof"]["left"]):
        call.err.line(line)
    for remark in document["remarks"]:
        if remark["code"] != _ORDER:  # told by table below
            call.err.line(_remark(call, remark))
    for table in document["proof"]["column_order"]:
        call.err.line(dim(call.words("diff.column_order", table=table)))
    if document["proof"]["place"] == "text":
        call.err.line(call.words("diff.not_tried", limit=document["proof"]["limit"]))
