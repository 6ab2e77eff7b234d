"""What a test makes go wrong, each so many times."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.neon_stub.records import Outcome

Kind = Literal["lose_request", "lose_answer", "status", "done_but", "changed"]


@dataclass
class HttpFault:
    """One thing that happens instead of, or after, what was asked for."""

    kind: Kind
    of: str | None
    times: int
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    change: Callable[[Any], Any] | None = None


@dataclass
class WorkFault:
    """How the next operation with this action goes; None is any action."""

    action: str | None
    outcome: Outcome
    lasts_s: float | None


@dataclass
class Faults:
    """All that is still to go wrong, and how long things take when nothing does."""

    pace_s: float = 0.03
    http: list[HttpFault] = field(default_factory=list)
    work: list[WorkFault] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)
    branch_limit: int = 10
    snapshot_limit: int = 100
    store_passwords: bool = True
    restored_with_endpoint: bool = True
    wakes_in_s: float = 0
    # A restored branch takes its place at the end of the work, and not when that is begun.
    late: bool = False

    def take_http(self, of: str) -> HttpFault | None:
        for fault in self.http:
            if fault.of in {None, of} and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def take_work(self, action: str) -> WorkFault:
        for fault in self.work:
            if fault.action in {None, action}:
                self.work.remove(fault)
                return fault
        return WorkFault(None, "finished", None)
