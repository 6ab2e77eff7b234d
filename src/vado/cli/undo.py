"""`vado undo`: the way back as a plan, carried out like any other."""

from vado.application import start_undo
from vado.cli.apply import carry_out, chosen_plan
from vado.cli.call import Call
from vado.cli.proposed import propose
from vado.migrations import UndoWanted


def run(call: Call) -> int:
    """Carry out the plan of --plan, show one with --preview, or do both in one go."""
    if call.option("plan"):
        return carry_out(call, chosen_plan(call))
    wanted = UndoWanted(
        to=call.option("to"),
        place=call.option("place"),
        way="down" if call.option("with_down") else "done",
    )
    return propose(call, "undo", lambda: start_undo(call.vado, call.environment, wanted))
