"""Where no window is possible, one sentence says why and what to do, and nothing is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.desktop.conftest import OpenWindow
from tests.desktop.screen import Screen


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    known = {name: value for name, value in os.environ.items() if name not in screens}
    return subprocess.run(
        [sys.executable, "-P", "-m", "vado.desktop"],
        cwd=folder,
        env={**known, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":9999"}])
def test_no_display_is_one_sentence(tmp_path: Path, environment: dict[str, str]):
    ended = start(tmp_path, **environment)

    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr.startswith("vado: no window: ")
    assert ended.stderr.endswith("use the browser: vado serve.\n")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        ("libwebkit2gtk-4.1.so.0: cannot open shared object file", "apt install libwebkit2gtk"),
        ("No module named 'pytauri_wheel'", "pip install 'vado[desktop]'"),
    ],
)
def test_missing_package_is_named_with_its_remedy(tmp_path: Path, fault: str, remedy: str):
    package = tmp_path / "pytauri_wheel"
    package.mkdir()
    (package / "__init__.py").write_text(f"raise ImportError({fault!r})")

    ended = start(tmp_path, DISPLAY=":0", PYTHONPATH=str(tmp_path))

    assert (ended.returncode, ended.stdout) == (3, "")
    assert fault in ended.stderr
    assert remedy in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.window
def test_wrong_option_ends_with_the_code_of_serve(screen: Screen, tmp_path: Path):
    window = OpenWindow(screen, tmp_path, ["--no-such-option"], {})

    assert window.wait() == 2
    assert "--no-such-option" in window.stderr
