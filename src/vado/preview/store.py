"""Plans as they are kept on this machine, shared by the command line and the server."""

import json
from typing import Any

from vado.errors import NotFound, PlanConsumed, PlanOutdated
from vado.operations import Page, State
from vado.preview.plan import Plan, PlanState

_KIND = "plan"


class PlanStore:
    """Keeps plans; each is consumed by the first apply that starts."""

    def __init__(self, state: State) -> None:
        self.state = state

    def add(self, plan: Plan) -> None:
        """Keep a new plan."""
        self.state.execute(
            "put_document",
            kind=_KIND,
            id=plan.plan_id,
            environment=plan.environment,
            state="ready",
            created_at=plan.created_at,
            body=json.dumps(plan.to_json()),
        )

    def get(self, plan_id: str) -> Plan:
        """Return a plan; NotFound when there is none of that id."""
        return Plan.from_json(json.loads(self._row(plan_id)["body"]))

    def document(self, plan_id: str) -> dict[str, Any]:
        """Return a plan as JSON, with its state."""
        row = self._row(plan_id)
        return {**json.loads(row["body"]), "state": row["state"]}

    def _row(self, plan_id: str) -> dict[str, Any]:
        row = self.state.row("document", kind=_KIND, id=plan_id)
        if row is None:
            raise NotFound(f"there is no plan {plan_id!r}", hint="Make one with `vado preview`.")
        return row

    def page(self, environment: str | None, limit: int, after: str | None) -> Page:
        """Return plans of an environment, newest first."""
        return self.state.page(
            "documents", "id", limit, kind=_KIND, environment=environment, after=after
        )

    def require_ready(self, plan_id: str) -> None:
        """Raise PlanConsumed or PlanOutdated for a plan that is not to be applied any more."""
        state: PlanState = self._row(plan_id)["state"]
        if state == "consumed":
            raise PlanConsumed(
                f"{plan_id} was applied already", hint="Make a new plan with `vado preview`."
            )
        if state == "outdated":
            raise PlanOutdated(
                f"{plan_id} is outdated",
                hint="Make a new plan with `vado preview`.",
                details={"changed": []},
            )

    def consume(self, plan_id: str) -> None:
        """Take the plan for an apply; only one can."""
        self.require_ready(plan_id)
        if not self._move(plan_id, "consumed"):
            self.require_ready(plan_id)

    def give_back(self, plan_id: str) -> None:
        """Make a consumed plan ready again, when nothing at all was done with it."""
        self.state.execute(
            "change_document_state", kind=_KIND, id=plan_id, state="ready", expected="consumed"
        )

    def mark_outdated(self, plan_id: str) -> None:
        """Remember that the plan no longer fits."""
        self._move(plan_id, "outdated")

    def _move(self, plan_id: str, state: PlanState) -> bool:
        changed = self.state.execute(
            "change_document_state", kind=_KIND, id=plan_id, state=state, expected="ready"
        )
        return changed == 1
