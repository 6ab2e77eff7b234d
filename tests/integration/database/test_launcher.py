import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from vado.database.launcher import Account, ask, launch, stop_group

SLEEP = ["/bin/sleep", "600"]
ENVIRONMENT = {"PATH": os.defpath}

# Started as a process of its own, so that it can be killed: it launches a child and says which.
PARENT = """
import sys, time
from vado.database import launcher
{before}
child = launcher.launch({child!r}, env={{"PATH": "/bin:/usr/bin"}}, {arguments})
print(child.pid, flush=True)
time.sleep(600)
"""


def parent_of(child: list[str], before: str = "", arguments: str = "") -> tuple[int, int]:
    """Kill the parent at once; return its number and its child's."""
    script = PARENT.format(before=before, child=child, arguments=arguments)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child_pid = int(parent.stdout.readline())
        await_program(child_pid, child[0])
        parent.kill()
    return parent.pid, child_pid


def await_program(pid: int, path: str) -> None:
    """The child has become the program once what ties it to its parent is done."""
    deadline = time.monotonic() + 60
    while Path(f"/proc/{pid}/exe").resolve() != Path(path).resolve():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def ends_soon(pid: int) -> bool:
    deadline = time.monotonic() + 60
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_running(pid)


@pytest.mark.parametrize("before", ["", "launcher._setpriv = lambda: None"])
def test_a_child_ends_when_its_parent_is_killed(before: str) -> None:
    _parent, child = parent_of(SLEEP, before)

    assert ends_soon(child)


def test_a_detached_child_outlives_its_parent() -> None:
    _parent, child = parent_of(SLEEP, arguments="death_signal=None")

    assert is_running(child)
    os.kill(child, signal.SIGKILL)


def test_a_child_outlives_the_thread_that_asked_for_it() -> None:
    children = []
    thread = threading.Thread(target=lambda: children.append(launch(SLEEP, env=ENVIRONMENT)))
    thread.start()
    thread.join()

    time.sleep(0.1)

    assert children[0].poll() is None
    assert stop_group(children[0], 5) == -signal.SIGTERM


def test_a_group_ends_whole_though_its_leader_ended_first() -> None:
    script = (
        "import subprocess, time;"
        "print(subprocess.Popen(['/bin/sh', '-c', 'trap \"\" TERM; sleep 600 & wait']).pid,"
        " flush=True);"
        "time.sleep(600)"
    )
    leader = launch([sys.executable, "-c", script], env=ENVIRONMENT, stdout=subprocess.PIPE)
    assert leader.stdout is not None
    worker = int(leader.stdout.readline())
    time.sleep(0.1)  # the shell sets its trap

    stop_group(leader, 5)
    leader.stdout.close()

    assert ends_soon(worker)


def test_who_ignores_the_polite_signal_is_killed_after_the_grace() -> None:
    script = (
        "import signal; signal.signal(15, signal.SIG_IGN); print(1, flush=True); signal.pause()"
    )
    process = launch([sys.executable, "-c", script], env=ENVIRONMENT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()

    began = time.monotonic()
    code = stop_group(process, 0.3)
    process.stdout.close()

    assert code == -signal.SIGKILL
    assert 0.3 <= time.monotonic() - began < 2


def test_a_child_is_not_in_our_process_group() -> None:
    process = launch(SLEEP, env=ENVIRONMENT)

    assert os.getpgid(process.pid) == process.pid

    stop_group(process, 5)


def test_a_program_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(FileNotFoundError, match="/no/such/program"):
        launch(["/no/such/program"], env=ENVIRONMENT)


def test_a_child_sees_only_the_environment_it_is_given() -> None:
    answer = ask(["/usr/bin/env"], env={"ONE": "1"}, within_s=60)

    assert answer.code == 0
    assert answer.text == "ONE=1\n"


def test_a_program_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()

    with pytest.raises(subprocess.TimeoutExpired):
        ask(SLEEP, env=ENVIRONMENT, within_s=0.2)

    assert time.monotonic() - began < 5


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_stepping_down_leaves_no_group_behind() -> None:
    answer = ask(["/usr/bin/id"], env=ENVIRONMENT, within_s=60, account=Account(65534, 65534))

    assert answer.text.strip().endswith(
        "uid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)"
    )
