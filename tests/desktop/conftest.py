"""A real window on a screen of its own (Xvfb), and the eyes and hands to use it.

The test owns the window's process and attaches WebDriver to it, so that its end can be looked at
too. What WebDriver cannot reach, the title bar and native messages, goes through the X server.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ctypes.util import find_library
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from tests.desktop.screen import PATIENCE_S, Screen, eventually
from urllib3.exceptions import HTTPError

from vado.database import Target

PROGRAMS = {"Xvfb": "xvfb", "WebKitWebDriver": "webkit2gtk-driver"}
LIBRARIES = {"webkit2gtk-4.1": "libwebkit2gtk-4.1-0", "Xtst": "libxtst6"}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def descendants(pid: int) -> set[int]:
    """The processes that *pid* started, and those that they started."""
    own = {int(child) for child in _told(f"/proc/{pid}/task/{pid}/children").split()}
    return own.union(*(descendants(child) for child in own))


def alive(pids: set[int]) -> set[int]:
    """Those of *pids* that still run; a zombie has ended."""
    ended = ("", "Z")
    return {
        pid
        for pid in pids
        if _told(f"/proc/{pid}/stat").rpartition(")")[2].strip()[:1] not in ended
    }


def _told(path: str) -> str:
    """What the kernel says there; nothing when the process has ended meanwhile."""
    with suppress(OSError):
        return Path(path).read_text()
    return ""


class OpenWindow:
    """One run of `python -m vado.desktop`, and its page."""

    def __init__(
        self, screen: Screen, folder: Path, options: list[str], environment: dict[str, str]
    ) -> None:
        self.screen = screen
        self._errors = folder / "stderr.txt"
        self._inspector = free_port()
        automation = {
            "DISPLAY": screen.name,
            "TAURI_WEBVIEW_AUTOMATION": "true",
            "WEBKIT_INSPECTOR_SERVER": f"127.0.0.1:{self._inspector}",
            # What WebKit keeps is nobody's business but the test's.
            "XDG_CACHE_HOME": str(folder / "cache"),
            "LANG": "C.UTF-8",
        }
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "vado.desktop", *options],
                cwd=folder,
                env={**os.environ, **automation, **environment},
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        self._driver: subprocess.Popen[bytes] | None = None
        self._page: webdriver.Remote | None = None

    @property
    def title(self) -> str:
        """The title in the title bar, once there is one."""
        shown = [title for title in self.screen.titles() if "Vado" in title]
        return shown[0] if shown else ""

    @property
    def stderr(self) -> str:
        return self._errors.read_text()

    def wait(self) -> int:
        return self.process.wait(PATIENCE_S)

    def page(self) -> webdriver.Remote:
        """The page in the window; waits until it is there."""
        if self._page is None:
            eventually(lambda: self.title or self.process.poll() is not None, "a window")
            assert self.process.poll() is None, self.stderr
            port = free_port()
            self._driver = subprocess.Popen(
                ["WebKitWebDriver", f"--port={port}", f"--target=127.0.0.1:{self._inspector}"]
            )
            options = Options()
            options.set_capability("browserName", "wry")
            self._page = eventually(lambda: _attach(port, options), f"a page; {self.stderr}")
            eventually(lambda: "ford" in self.title, "the page's own title in the title bar")
        return self._page

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the API what the page could ask it, with the token of the window."""
        return self.page().execute_async_script(
            """const [method, path, body, done] = arguments
            const headers = {'Authorization': 'Bearer ' + window.__VADO__.token,
                             'Content-Type': 'application/json'}
            fetch(path, {method, headers, body: body && JSON.stringify(body)})
              .then(answer => answer.json()).then(done, error => done(String(error)))""",
            method,
            path,
            body,
        )

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._driver is not None:
            self._driver.terminate()
            self._driver.wait()


def _attach(port: int, options: Options) -> webdriver.Remote | None:
    connection = RemoteConnection(client_config=ClientConfig(f"http://127.0.0.1:{port}"))
    try:
        return webdriver.Remote(connection, options=options)
    except (WebDriverException, HTTPError):  # neither the driver nor the page may be there yet
        return None


@contextmanager
def started_screen() -> Iterator[Screen]:
    """A screen that nobody looks at; as root what it needs must be there."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    missing += [package for name, package in LIBRARIES.items() if not find_library(name)]
    if missing:
        remedy = f"the window is not tested: apt install {' '.join(missing)}"
        pytest.fail(remedy) if os.geteuid() == 0 else pytest.skip(remedy)
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(writer),
            "-screen",
            "0",
            "1400x1000x24",
            "-nolisten",
            "tcp",
            "-terminate",
        ],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as numbers:
        number = numbers.readline().strip()
    yield Screen(f":{number}")
    server.terminate()
    server.wait()


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """The screen of the windows that come and go."""
    with started_screen() as screen:
        yield screen


def write_project(database: Target, folder: Path) -> Path:
    """A project with two pending migrations, the second of which takes a minute."""
    place = f"host={quote(database.host, safe='')}&port={database.port}"
    url = f"postgresql://{database.user}@/{database.dbname}?{place}"
    (folder / "vado.toml").write_text('[environments.ford]\nurl_env = "FORD_URL"\n')
    (folder / ".env").write_text(f"FORD_URL={url}\n")
    migrations = folder / "migrations"
    migrations.mkdir()
    (migrations / "20260101000000_create_stones.sql").write_text("create table stones ();")
    (migrations / "20260102000000_wait.sql").write_text("select pg_sleep(60);")
    return folder


@pytest.fixture
def project(database: Target, tmp_path: Path) -> Path:
    return write_project(database, tmp_path)


@pytest.fixture
def open_window(screen: Screen, project: Path) -> Iterator[Callable[..., OpenWindow]]:
    """Opens windows on the project; those still open at the end of the test are killed."""
    opened: list[OpenWindow] = []

    def open_one(*options: str, **environment: str) -> OpenWindow:
        opened.append(OpenWindow(screen, project, list(options), environment))
        return opened[-1]

    yield open_one
    for window in opened:
        window.end()
