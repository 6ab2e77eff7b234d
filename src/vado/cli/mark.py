"""`vado mark`: what the ledger says of a migration, put right by hand."""

from vado.application import start_mark
from vado.cli.call import Call
from vado.cli.proposed import propose
from vado.migrations import MarkWanted


def run(call: Call) -> int:
    """Show what the ledger will say, and write it where the policy allows."""
    wanted = MarkWanted(call.option("version"), call.option("mark"))
    return propose(call, "mark", lambda: start_mark(call.vado, call.environment, wanted))
