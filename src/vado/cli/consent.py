"""What has to be agreed to before a plan is applied, asked one by one."""

from collections.abc import Collection
from dataclasses import replace

from vado.cli.call import Call
from vado.cli.marks import level_piece
from vado.cli.questions import agreed, typed
from vado.database import control_installed
from vado.migrations import ApplyRequest
from vado.preview import Requirement


def agreed_to(call: Call, request: ApplyRequest) -> ApplyRequest | None:
    """Ask for each grave risk, then for the name or a yes; None when one was declined."""
    accepted = set(request.accepted)
    for requirement in request.plan.requires:
        if not requirement.satisfied and _unaccepted(requirement, accepted):
            if not _accepts(call, requirement):
                return None
            accepted.add(str(requirement.rule))
    request = replace(request, accepted=frozenset(accepted))
    word = next((r.word for r in request.plan.requires if r.kind == "confirmation"), None)
    if word is not None and request.confirmation is None:
        answer = typed(call, call.words(_key(request, "confirm"), word=word, count=_count(request)))
        return replace(request, confirmation=answer) if answer == word else None
    if word is None and not agreed(call, _question(call, request)):
        return None
    return request


def _unaccepted(requirement: Requirement, accepted: Collection[str]) -> bool:
    asked = requirement.kind in {"accept_risk", "out_of_order"}
    return asked and requirement.rule not in accepted


def _accepts(call: Call, requirement: Requirement) -> bool:
    if requirement.kind == "out_of_order":
        return agreed(call, call.words("question.out_of_order"))
    call.err.blank()
    call.err.line(level_piece(call, str(requirement.level)), f"  {requirement.rule}")
    return agreed(call, call.words("question.accept", rule=requirement.rule))


def _question(call: Call, request: ApplyRequest) -> str:
    return call.words(
        _key(request, "apply"), count=_count(request), database=call.environment.target.dbname
    )


def _key(request: ApplyRequest, question: str) -> str:
    own = f"question.{question}.{request.plan.kind}"
    return f"question.{question}" if request.plan.kind == "up" else own


def _count(request: ApplyRequest) -> int:
    return len(request.plan.migrations)


def consent_given(call: Call) -> bool:
    """Ask whether Vado may create its schemas, where it has none yet."""
    with call.environment.session(read_only=True) as session:
        if control_installed(session):
            return True
    return agreed(call, call.words("question.consent", database=call.environment.target.dbname))
