"""How long Vado waits for Neon's API."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things may take, in seconds.

    `busy_s`: for how long a busy project is asked again; `first_s` and `longest_s` bound the random
    pauses between. `lost_s`: for how long a change without answer is looked for. `settle_s`: after
    what time a failed operation that Neon does not try again has failed.
    """

    answer_s: float = 60.0
    connect_s: float = 10.0
    first_s: float = 0.25
    longest_s: float = 10.0
    busy_s: float = 120.0
    lost_s: float = 60.0
    poll_s: float = 1.0
    settle_s: float = 30.0
    operations_s: float = 300.0
    reads: int = 3


USUAL = Pace()
# For what must not hold up anything else.
HURRIED = Pace(answer_s=10, connect_s=5, busy_s=5, lost_s=5, operations_s=10, reads=1)
