"""The window on a screen: it shows the page and comes to an end in order, however it ends."""

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from tests.conftest import fresh_database
from tests.desktop.conftest import (
    OpenWindow,
    alive,
    descendants,
    started_screen,
    write_project,
)
from tests.desktop.screen import Screen, eventually

from vado.database import EmbeddedServer

pytestmark = pytest.mark.window

Opener = Callable[..., OpenWindow]
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def window(open_window: Opener) -> OpenWindow:
    """A window of its own, for a test that brings it to its end."""
    return open_window()


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    """A session bus, without which a second start cannot know of the first; "" without one."""
    if not shutil.which("dbus-daemon"):
        yield ""
        return
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture(scope="module")
def start(
    cluster: EmbeddedServer, bus: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opener]:
    """Starts the window of one and the same project, on a screen of its own."""
    folder = tmp_path_factory.mktemp("project")
    settings = {"DBUS_SESSION_BUS_ADDRESS": bus, "VADO_STATE": str(folder / "state")}
    with started_screen() as screen, fresh_database(cluster, "shown") as database:
        write_project(database, folder)
        yield lambda **more: OpenWindow(screen, folder, [], settings | more)


@pytest.fixture(scope="module")
def shown(start: Opener) -> Iterator[OpenWindow]:
    """One window for all tests that leave it open; a proxy that it is told of does not answer."""
    window = start(http_proxy=NOWHERE, all_proxy=NOWHERE)
    yield window
    window.end()


def start_long_operation(window: OpenWindow) -> None:
    window.call("POST", "/api/migrations/dry-run", {})
    eventually(lambda: window.call("GET", "/api/operations?state=running")["total"], "an operation")


def close_until_asked(window: OpenWindow, screen: Screen) -> None:
    # Again and again: while a question is on the screen, or just went, closing asks no second one.
    def look() -> bool:
        screen.close(window.title)
        time.sleep(0.3)
        return "Vado" in screen.titles()

    eventually(look, "a question")


def test_title_bar_names_the_environment(shown: OpenWindow):
    page = shown.page()

    assert "ford" in page.title
    eventually(lambda: shown.title == page.title, "the same title in the title bar")


def test_click_leads_to_the_migrations(shown: OpenWindow):
    page = shown.page()
    links = eventually(
        lambda: page.find_elements(By.CSS_SELECTOR, "nav a[href$='/migrations']"), "a link"
    )

    links[0].click()

    eventually(lambda: page.find_elements(By.CSS_SELECTOR, "main tbody tr"), "the list")
    # Not its .text, in which WebKit leaves out what links say.
    shown = page.execute_script("return document.querySelector('main table').textContent")
    assert "create_stones" in shown
    assert "wait" in shown


def test_window_never_leaves_its_page(shown: OpenWindow):
    page = shown.page()
    before = page.current_url

    page.execute_script("location.href = 'http://127.0.0.1:9/'")
    page.execute_script("window.open('http://127.0.0.1:9/')")
    time.sleep(0.5)

    assert page.current_url == before
    assert len(page.window_handles) == 1


def test_page_may_do_only_what_was_granted(shown: OpenWindow):
    answer = shown.page().execute_async_script(
        "const done = arguments[0];"
        "__TAURI__.window.getCurrentWindow().setTitle('x').then(() => done('done'), done)"
    )

    assert "not allowed" in answer


def test_page_does_not_go_to_a_proxy(shown: OpenWindow):
    assert shown.call("GET", "/api/environments")["items"]


def test_closing_ends_everything(window: OpenWindow, screen: Screen):
    window.page()
    all_of_it = descendants(window.process.pid)
    assert len(all_of_it) >= 3  # the engine and two of WebKit

    screen.close(window.title)

    assert window.wait() == 0
    eventually(lambda: not alive(all_of_it), "the end of every process")


def test_closing_during_an_operation_asks(window: OpenWindow, screen: Screen, isolated: Path):
    window.page()
    start_long_operation(window)

    close_until_asked(window, screen)
    screen.press("Vado", "Escape")
    eventually(lambda: "Vado" not in screen.titles(), "the message is gone")
    assert window.call("GET", "/api/operations?state=running")["total"] == 1

    close_until_asked(window, screen)
    screen.press("Vado", "Tab", "Left", "Return")
    assert window.wait() == 0
    assert states_in(isolated) == ["cancelled"]


def test_killed_window_leaves_no_process_behind(window: OpenWindow, isolated: Path):
    window.page()
    all_of_it = descendants(window.process.pid)
    start_long_operation(window)

    window.process.kill()

    eventually(lambda: not alive(all_of_it), "the end of every process")
    assert states_in(isolated) == ["cancelled"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_in_order(window: OpenWindow, isolated: Path, number: signal.Signals):
    window.page()
    start_long_operation(window)

    window.process.send_signal(number)

    assert window.wait() == 0
    assert states_in(isolated) == ["cancelled"]


def test_death_of_the_engine_is_told(window: OpenWindow, screen: Screen):
    window.page()
    engine = min(descendants(window.process.pid))

    os.kill(engine, signal.SIGKILL)
    screen.press("Vado", "Return")

    assert window.wait() == 1
    assert "the engine ended with exit code -9" in window.stderr


def test_second_start_brings_the_first_forward(shown: OpenWindow, start: Opener, bus: str):
    needs(bus)
    shown.page()

    second = start()

    assert second.wait() == 0
    assert shown.process.poll() is None


def test_start_for_something_else_opens_a_window_of_its_own(
    shown: OpenWindow, start: Opener, bus: str, isolated: Path
):
    needs(bus)
    shown.page()

    second = start(VADO_STATE=str(isolated))

    try:
        assert second.page().title
        assert shown.process.poll() is None
    finally:
        second.end()


def needs(bus: str) -> None:
    if not bus:
        pytest.skip("no second start is tested: apt install dbus-daemon")


def states_in(folder: Path) -> list[str]:
    """How the operations ended; read from the file, since nobody is left to ask."""
    with closing(sqlite3.connect(folder / "state.sqlite3")) as state:
        return [row[0] for row in state.execute("select state from operation")]
