"""Questions to somebody at a terminal; none of them is asked of a pipe."""

import sys

from vado.cli.call import Call
from vado.cli.screen import bold


def agreed(call: Call, question: str) -> bool:
    """Ask for yes or no; anything but a clear yes is a no."""
    answer = _asked(call, f"{question} [{call.words('question.choice')}] ").lower()
    return answer in call.words("question.yes").split()


def typed(call: Call, question: str) -> str:
    """Ask for a name to be typed."""
    return _asked(call, f"{question} ")


def _asked(call: Call, question: str) -> str:
    call.out.stream.flush()
    # On the error stream, so that the question is seen when the output goes to a file.
    stream = call.err.stream
    stream.write("\n" + call.err.shown(bold(question)))
    stream.flush()
    return sys.stdin.readline().strip()
