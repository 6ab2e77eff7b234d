"""The sessions in the documents are typed again, and must print what they say.

`VADO_WRITE_TUTORIAL=1` writes what is printed now into the pages; then read the difference.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from vado.database import EmbeddedServer, Identifier, connect, server_bin_folder

ROOT = Path(__file__).parents[2]
PAGES = {"docs/tutorial.md": "en", "README.md": "en", "README.es.md": "es"}
PRINTED_URL = re.compile(r"postgresql://postgres@localhost/(\w+)")
BLOCK = re.compile(r"```(console|sql|toml)\n(.*?)```", re.DOTALL)
IDS = re.compile(r"plan_[0-9a-f]{16}|bk_[0-9]{14}_[0-9a-f]{8}|(?<!\d)\d{14}(?!\d)")
# The reader's server is reached by its address, ours by a socket.
THIS_MACHINE = {
    "en": (" on this machine", " on localhost"),
    "es": (" en esta máquina", " en localhost"),
}
PROGRESS = re.compile(r"^  .* …\n", re.MULTILINE)
# What another run, another clock or another machine writes otherwise.
VARIES = (
    (IDS, "ID"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"), "MOMENT"),
    (re.compile(r"\d+(?:[.,]\d+)? (?:ms|s|kB|MB)\b"), "MUCH"),
    (re.compile(r"PostgreSQL \d+\.\d+"), "PostgreSQL"),
    (re.compile(r" +"), " "),
)

pytestmark = pytest.mark.skipif(
    server_bin_folder(18) is None, reason="psql is in no cache: vado tools install 18"
)


@dataclass
class Terminal:
    """A shell in a folder; what the page calls by an id is called by the id of this run."""

    folder: Path
    server: EmbeddedServer
    language: str
    ids: dict[str, str] = field(default_factory=dict)
    code: int = 0

    def type(self, command: str) -> str:
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
            return ""
        if command == "echo $?":
            return f"{self.code}\n"
        for known, actual in self.ids.items():
            command = command.replace(known, actual)
        run = subprocess.run(
            ["bash", "-c", PRINTED_URL.sub(self._url, command)],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.code = run.returncode
        return PROGRESS.sub("", run.stdout).replace(*THIS_MACHINE[self.language])

    def _url(self, match: re.Match[str]) -> str:
        # Without the port, which is the usual one: a shell would read the & before it.
        return f"postgresql://postgres@/{match[1]}?host={self.server.target().host}"

    def _environment(self) -> dict[str, str]:
        psql = server_bin_folder(18)
        path = f"{Path(sys.executable).parent}:{psql}:{os.environ['PATH']}"
        return os.environ | {"PATH": path, "LC_ALL": "C.UTF-8", "VADO_LANG": self.language}

    def write(self, language: str, text: str) -> None:
        if language == "toml":
            (self.folder / "vado.toml").write_text(text)
        else:
            newest = max((self.folder / "migrations").iterdir())
            newest.write_text(text)

    def learn(self, printed: str, actual: str) -> None:
        """Take the ids of this run for those that stand at the same places in the page."""
        for known, own in zip(IDS.findall(printed), IDS.findall(actual), strict=False):
            self.ids[known] = own


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def terminal(cluster: EmbeddedServer, tmp_path: Path, page: str) -> Iterator[Terminal]:
    with connect(cluster.target()) as session:
        session.execute("create database library")
        yield Terminal(tmp_path, cluster, PAGES[page])
        kept = "select datname from pg_database where datname like 'library%%'"
        for row in session.rows(kept):
            name = Identifier(row["datname"])
            session.execute("drop database {name} with (force)", identifiers={"name": name})


def commands(block: str) -> list[tuple[str, str]]:
    """Return each command of a console block with what the page says it prints."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, printed) for command, _, printed in (p.partition("\n") for p in parts)]


def told(text: str) -> list[str]:
    for pattern, instead in VARIES:
        text = pattern.sub(instead, text)
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_session_prints_what_the_page_says(terminal: Terminal, page: str) -> None:
    for language, block in BLOCK.findall((ROOT / page).read_text()):
        if language != "console":
            terminal.write(language, block)
            continue
        for command, printed in commands(block):
            actual = terminal.type(command)

            assert told(actual) == told(printed), command
            terminal.learn(printed, actual)


@dataclass
class Writer:
    """Types the page's commands and puts what they print now below each."""

    terminal: Terminal
    latest: dict[str, str] = field(default_factory=dict)

    def page(self, text: str) -> str:
        return BLOCK.sub(self._block, text)

    def _block(self, match: re.Match[str]) -> str:
        language, block = match.groups()
        if language != "console":
            self.terminal.write(language, block)
            return match[0]
        return f"```console\n{''.join(self._typed(c) for c, _ in commands(block))}```"

    def _typed(self, command: str) -> str:
        command = IDS.sub(lambda m: self.latest.get(kind(m[0]), m[0]), command)
        actual = self.terminal.type(command)
        self._learn(actual)
        return f"$ {command}\n{actual}"

    def _learn(self, actual: str) -> None:
        """Keep what later commands mean: the last plan, the first backup, the kept database."""
        for found in IDS.findall(actual):
            if kind(found) == "plan":
                self.latest["plan"] = found
            elif kind(found) == "bk":
                self.latest.setdefault("bk", found)
        if previous := re.search(r"before_restore_(\d+)", actual):
            self.latest["moment"] = previous[1]


def kind(found: str) -> str:
    return found.partition("_")[0] if "_" in found else "moment"


if "VADO_WRITE_TUTORIAL" in os.environ:

    def test_session_is_written_anew(terminal: Terminal, page: str) -> None:
        path = ROOT / page
        path.write_text(Writer(terminal).page(path.read_text()))
