"""`vado status`: where the database stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from vado.application import status
from vado.cli.call import Call
from vado.cli.half_done import show_half_done
from vado.cli.marks import class_piece
from vado.cli.screen import Piece, bad, bold, dim, good, warn

Document = Mapping[str, Any]
_PENDING = 3
_CONFLICTS = ("edited", "missing", "out_of_order")


def run(call: Call) -> int:
    """Show the state; 3 with --exit-code when something is pending or not as it should be."""
    document = status(call.vado, call.environment, drift=bool(call.option("drift")))
    if call.json:
        call.document(document)
    else:
        _show(call, document)
    differs = _open(document) or _conflicts(document) or _drifted(document)
    return _PENDING if differs and call.option("exit_code") else 0


def _open(document: Document) -> bool:
    return bool(document["pending"] or document["half_done"])


def _conflicts(document: Document) -> bool:
    return any(document[state] for state in _CONFLICTS)


def _drifted(document: Document) -> bool:
    return bool(document["drift"] and document["drift"]["drifted"])


def _show(call: Call, document: Document) -> None:
    words, out = call.words, call.out
    host, name = document["host"], document["database"]
    socket = host.startswith(("/", "@"))
    key = "status.place.socket" if socket else "status.place"
    out.line(bold(words(key, database=name, host=host)), "  ", class_piece(call, document["class"]))
    out.line(
        dim(
            words(
                "status.server",
                version=document["server_version"],
                size=words.size(document["size_bytes"]),
                tables=words("count.tables", count=document["tables"]),
            )
        )
    )
    out.blank()
    out.facts(_facts(call, document))
    _lists(call, document)
    out.blank()
    out.paragraph(_advice(call, document))


def _facts(call: Call, document: Document) -> Iterator[tuple[str, Piece]]:
    words = call.words
    version = document["version"]
    applied = words("count.applied", count=document["applied_total"])
    yield words("status.version"), f"{version}  ({applied})" if version else words("status.empty")
    yield words("status.pending"), _pending(call, document)
    yield words("status.backup"), _backup(call, document["last_backup"])
    if document["drift"] is not None:
        yield words("status.schema"), _drift(call, document["drift"])
    for consent in document["consents"]:
        agreed = {"actor": consent["actor"], "at": words.moment(consent["granted_at"])}
        yield words("status.consent"), words("status.consent.out_of_order", **agreed)
    if document["lock"] is not None:
        yield words("status.lock"), warn(_locked(call, document["lock"]))
    last = document["last_operation"]
    if last is not None and last["state"] in {"failed", "interrupted", "cancelled"}:
        told = words.named("kind", last["kind"]), words.named("state", last["state"])
        yield (
            words("status.last"),
            warn(f"{told[0]}: {told[1]}, {words.moment(last['created_at'])}"),
        )


def _locked(call: Call, lock: Document) -> str:
    # As a text: a process id has no thousands.
    known = {**lock, "pid": str(lock["pid"]), "since": call.words.moment(lock["since"])}
    text = call.words("status.locked", **known)
    query = " ".join((lock["query"] or "").split())
    return f"{text}, {call.words('status.locked.at', query=query)}" if query else text


def _pending(call: Call, document: Document) -> Piece:
    count = len(document["pending"])
    return call.words("count.migrations", count=count) if count else good(call.words("status.none"))


def _backup(call: Call, backup: Document | None) -> Piece:
    words = call.words
    if backup is None:
        return words("status.no_backup")
    size = words.size(backup["size_bytes"]) if backup["size_bytes"] else "-"
    state = words.named("backup", backup["state"])
    text = f"{words.moment(backup['created_at'])}, {size}, {state}"
    return bad(text) if backup["state"] == "failed" else text


def _drift(call: Call, drift: Document) -> Piece:
    if drift["shut_by"] is not None:
        return _shut(call, drift["shut_by"])
    if not drift["known"]:
        return call.words("status.drift_unknown")
    if drift["drifted"]:
        return bad(call.words("status.drifted"))
    return good(call.words("status.no_drift"))


def _shut(call: Call, holder: Document) -> Piece:
    if not holder:
        return warn(call.words("status.drift_shut"))
    told = {name: str(holder[name]) for name in ("pid", "user", "host", "name")}
    return warn(call.words("status.drift_shut_by", **told))


def _lists(call: Call, document: Document) -> None:
    for state in ("pending", *_CONFLICTS):
        _list(call, state, _whole(document, state))
    for found in document["half_done"]:
        show_half_done(call, found)


def _whole(document: Document, state: str) -> list[Document]:
    """Return those of a state without the half-done ones, which are told of by themselves."""
    half = {found["version"] for found in document["half_done"]}
    return [reference for reference in document[state] if reference["version"] not in half]


def _list(call: Call, state: str, references: list[Document]) -> None:
    if not references:
        return
    paint = bold if state == "pending" else bad
    call.out.blank()
    call.out.line(paint(call.words(f"status.list.{state}")))
    call.out.table([(r["version"], r["name"]) for r in references])


def _advice(call: Call, document: Document) -> str:
    """Return what to do next, one sentence."""
    if document["half_done"]:
        return call.words("advice.half_done", count=len(document["half_done"]))
    agreed = {consent["kind"].replace("-", "_") for consent in document["consents"]}
    for state in _CONFLICTS:
        if document[state] and state not in agreed:
            return call.words(f"advice.{state}", version=document[state][0]["version"])
    if _drifted(document):
        return call.words("advice.drift")
    open_ = document["pending"] or document["out_of_order"]
    return call.words("advice.pending" if open_ else "advice.nothing")
