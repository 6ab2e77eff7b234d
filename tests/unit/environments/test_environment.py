"""Which environment is meant, what class it has, and which host is gone to."""

from itertools import pairwise
from pathlib import Path

import pytest

from vado.database import Target
from vado.environments import choose_environment, environments_of, policy_of
from vado.environments.neon_host import direct
from vado.errors import ConfigurationInvalid, NotFound, UsageError
from vado.settings import CLASSES, Overrides, Settings, load_settings

TWO = """
[environments.dev]
url_env = "DEV"
[environments.live]
url_env = "LIVE"
class = "production"
"""
URL = "postgresql://u:sesame-open@{}/db"


def load(folder: Path, variables: dict[str, str] | None = None, **flags: str) -> Settings:
    overrides = Overrides(project=folder, state=folder / "state", **flags)
    return load_settings(overrides, variables or {})


@pytest.mark.parametrize(
    ("host", "class_"),
    [
        ("localhost", "development"),
        ("127.0.0.1", "development"),
        ("[::1]", "development"),
        ("%2Frun%2Fpostgresql", "development"),
        ("db.example.org", "staging"),
        ("localhost.example.org", "staging"),
        ("10.0.0.1", "staging"),
    ],
)
def test_the_class_of_a_bare_url_is_known_by_its_host(
    tmp_path: Path, host: str, class_: str
) -> None:
    environment = choose_environment(load(tmp_path, url=URL.format(host)), None)

    assert environment.environment_class == class_
    assert environment.confirmation_word == "db"


def test_a_class_that_is_given_goes_before_what_the_host_says(tmp_path: Path) -> None:
    settings = load(tmp_path, url=URL.format("localhost"), environment_class="production")

    assert choose_environment(settings, None).environment_class == "production"


def test_an_environment_is_chosen_by_name(tmp_path: Path) -> None:
    (tmp_path / "vado.toml").write_text(TWO)
    settings = load(tmp_path, {"DEV": URL.format("localhost"), "LIVE": URL.format("h")})

    live = choose_environment(settings, "live")

    assert (live.target.host, live.environment_class) == ("h", "production")
    assert live.confirmation_word == "live"
    assert list(environments_of(settings)) == ["dev", "live"]


def test_which_of_two_is_meant_must_be_said(tmp_path: Path) -> None:
    (tmp_path / "vado.toml").write_text(TWO)
    settings = load(tmp_path)

    with pytest.raises(UsageError, match="more than one environment"):
        choose_environment(settings, None)
    with pytest.raises(NotFound, match="no environment 'x'"):
        choose_environment(settings, "x")


def test_an_environment_without_its_variable_hinders_no_other(tmp_path: Path) -> None:
    (tmp_path / "vado.toml").write_text(TWO)
    settings = load(tmp_path, {"DEV": URL.format("localhost")})

    assert list(environments_of(settings)) == ["dev"]
    assert choose_environment(settings, "dev").target.host == "localhost"
    with pytest.raises(ConfigurationInvalid, match="'live' is empty"):
        choose_environment(settings, "live")


def test_a_broken_connection_string_hinders_no_other(tmp_path: Path) -> None:
    (tmp_path / "vado.toml").write_text(TWO)
    settings = load(tmp_path, {"DEV": URL.format("localhost"), "LIVE": "mysql://sesame-open"})

    assert list(environments_of(settings)) == ["dev"]
    with pytest.raises(ConfigurationInvalid, match="does not begin with postgresql"):
        choose_environment(settings, "live")


def test_no_database_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match="no database is configured") as caught:
        choose_environment(load(tmp_path), None)

    assert "DATABASE_URL" in str(caught.value.hint)


def test_an_environment_shows_no_secret(tmp_path: Path) -> None:
    environment = choose_environment(load(tmp_path, url=URL.format("h")), None)

    assert "sesame" not in repr(environment)


@pytest.mark.parametrize(
    ("host", "gone_to"),
    [
        ("ep-cool-1-pooler.eu-central-1.aws.neon.tech", "ep-cool-1.eu-central-1.aws.neon.tech"),
        ("ep-cool-1.eu-central-1.aws.neon.tech", "ep-cool-1.eu-central-1.aws.neon.tech"),
        ("ep-pooler-1.aws.neon.tech", "ep-pooler-1.aws.neon.tech"),
        ("my-pooler.example.org", "my-pooler.example.org"),
        ("x-pooler", "x-pooler"),
        ("x-pooler.evilneon.tech", "x-pooler.evilneon.tech"),
    ],
)
def test_neons_pooler_is_gone_around(host: str, gone_to: str) -> None:
    assert direct(Target(host, 5432, "db", "u")).host == gone_to


def test_a_graver_class_never_demands_less() -> None:
    policies = [policy_of(name) for name in CLASSES]

    for lighter, graver in pairwise(policies):
        assert graver.rehearsal >= lighter.rehearsal
        assert graver.confirmation >= lighter.confirmation
        assert graver.preview_first >= lighter.preview_first
    assert policy_of("production").backup == "always"
