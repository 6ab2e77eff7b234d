"""Where a setting comes from, and what is said when it is wrong."""

import stat
from pathlib import Path

import pytest

from vado.environments import choose_environment
from vado.errors import ConfigurationInvalid, StateUnavailable
from vado.settings import Overrides, Settings, load_settings

URL = "postgresql://u:sesame-sesame@h/db"


def load(project: Path, variables: dict[str, str] | None = None, **flags: object) -> Settings:
    overrides = Overrides(project=project, state=project / "state", **flags)
    return load_settings(overrides, variables or {})


def only_url(settings: Settings) -> str | None:
    [environment] = settings.environments
    return environment.url.reveal() if environment.url else None


def test_a_flag_goes_before_all_else(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=postgresql://dotenv/db\n")
    (tmp_path / "vado.toml").write_text('[environments.x]\nurl_env = "X"\n')

    assert only_url(load(tmp_path, {"DATABASE_URL": "variable", "X": "x"}, url="flag")) == "flag"


def test_the_unpooled_url_goes_before_the_other(tmp_path: Path) -> None:
    variables = {"DATABASE_URL": "pooled", "DATABASE_URL_UNPOOLED": "direct"}

    assert only_url(load(tmp_path, variables)) == "direct"


def test_a_variable_goes_before_the_dotenv_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=dotenv\nOTHER=${HOME}\n")

    assert only_url(load(tmp_path, {"DATABASE_URL": "variable"})) == "variable"
    assert only_url(load(tmp_path)) == "dotenv"
    assert load(tmp_path).variables["OTHER"] == "${HOME}"


def test_what_the_process_was_given_goes_before_the_file_under_either_name(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL_UNPOOLED=file\nPGHOST=h\nPGDATABASE=d\n")

    assert only_url(load(tmp_path, {"DATABASE_URL": "typed"})) == "typed"
    assert only_url(load(tmp_path, {"PGDATABASE": "x"})) == "file"
    assert only_url(load(tmp_path, {"DATABASE_URL": ""})) == "file"


def test_an_empty_url_is_none(tmp_path: Path) -> None:
    variables = {"DATABASE_URL_UNPOOLED": "", "DATABASE_URL": "", "PGHOST": "h"}

    assert only_url(load(tmp_path, variables)) is None


def test_libpqs_variables_come_from_process_and_file_together(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PGHOST=file.example.com\nPGDATABASE=library\nPGUSER=me\n")

    settings = load(tmp_path, {"PGHOST": "typed.example.com"})
    target = choose_environment(settings, None).target

    assert (target.host, target.dbname, target.user) == ("typed.example.com", "library", "me")


def test_an_environment_of_the_file_goes_before_every_variable(tmp_path: Path) -> None:
    (tmp_path / "vado.toml").write_text('[environments.live]\nurl_env = "LIVE"\n')
    variables = {"DATABASE_URL": "a", "DATABASE_URL_UNPOOLED": "b", "PGHOST": "c", "LIVE": "live"}

    assert only_url(load(tmp_path, variables)) == "live"


def test_an_environment_of_the_file_has_a_name_to_type_whatever_it_is_called(
    tmp_path: Path,
) -> None:
    (tmp_path / "vado.toml").write_text('[environments.default]\nurl_env = "LIVE"\n')

    configured = choose_environment(load(tmp_path, {"LIVE": URL}), None)
    bare = choose_environment(load(tmp_path, url=URL), None)

    assert (configured.confirmation_word, bare.confirmation_word) == ("default", "db")


def test_libpqs_variables_stand_for_a_url(tmp_path: Path) -> None:
    assert only_url(load(tmp_path, {"PGDATABASE": "x"})) is None


def test_nothing_configured_is_no_environment(tmp_path: Path) -> None:
    assert load(tmp_path).environments == ()


def test_environments_keep_order_class_and_folder(tmp_path: Path) -> None:
    (tmp_path / "vado.toml").write_text(
        'migrations = "db/migrations"\n'
        '[environments.dev]\nurl_env = "DEV"\n'
        '[environments.live]\nurl_env = "LIVE"\nclass = "production"\nmigrations = "db/live"\n'
    )

    dev, live = load(tmp_path, {"DEV": URL}).environments

    assert (dev.name, dev.environment_class, dev.migrations_folder) == (
        "dev",
        None,
        tmp_path / "db/migrations",
    )
    assert (live.name, live.environment_class, live.migrations_folder) == (
        "live",
        "production",
        tmp_path / "db/live",
    )
    assert live.url is not None
    assert not live.url.reveal()


def test_the_flag_for_the_folder_goes_before_an_environments_own(tmp_path: Path) -> None:
    (tmp_path / "vado.toml").write_text('[environments.x]\nurl_env = "X"\nmigrations = "own"\n')

    [environment] = load(tmp_path, migrations=tmp_path / "flag").environments

    assert environment.migrations_folder == tmp_path / "flag"


@pytest.mark.parametrize(
    ("in_file", "flag", "class_"),
    [
        (None, None, None),
        (None, "production", "production"),
        ("staging", None, "staging"),
        ("production", "development", "production"),
        ("development", "production", "production"),
    ],
)
def test_a_flag_never_lowers_the_class_of_the_file(
    tmp_path: Path, in_file: str | None, flag: str | None, class_: str | None
) -> None:
    text = '[environments.x]\nurl_env = "X"\n' + (f'class = "{in_file}"\n' if in_file else "")
    (tmp_path / "vado.toml").write_text(text)

    [environment] = load(tmp_path, environment_class=flag).environments

    assert environment.environment_class == class_


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("migrations = \n", 1, "Invalid value"),
        ('migrations = "a"\nmigrations = "b"\n', 2, "overwrite"),
        ("migrations = 3\n", 1, "migrations is not a text"),
        ('\n\npassword = "x"\n', 3, "password is not known"),
        ("environments = 3\n", 1, "environments is not a table"),
        ("[environments]\nlive = 3\n", 2, "environments.live is not a table"),
        ("# x\n[environments.live]\n", 2, "environments.live has no url_env"),
        ('[environments.live]\nurl_env = ""\n', 1, "has no url_env"),
        (
            '[environments.live]\nurl_env = "X"\nurl = "y"\n',
            3,
            "environments.live.url is not known",
        ),
        ('[environments.live]\nurl_env = "X"\nclass = "prod"\n', 3, "class is 'prod'"),
        ('[environments."l v"]\nurl_env = "X"\n\nmigrations = 1\n', 4, "is not a text"),
        ('[environments]\nlive = { url_env = "X", class = "p" }\n', 2, "class is 'p'"),
        (
            '[environments.a]\nurl_env = "X"\n[environments.b]\nurl_env = "X"\nclass = "x"\n',
            5,
            "environments.b.class",
        ),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    (tmp_path / "vado.toml").write_text(text)

    with pytest.raises(ConfigurationInvalid) as caught:
        load(tmp_path)

    assert words in caught.value.message
    assert f"vado.toml:{line}:" in caught.value.message or f"line {line}" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("name", ["vado.toml", ".env"])
def test_a_file_that_is_not_utf8_is_one_clear_error(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"A=1\nB=\xff\xfe\n")

    with pytest.raises(ConfigurationInvalid, match="line 2 is not UTF-8"):
        load(tmp_path)


def test_an_unknown_class_on_the_command_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match="--class is 'prod'"):
        load(tmp_path, environment_class="prod", url=URL)


def test_settings_show_no_secret(tmp_path: Path) -> None:
    shown = repr(load(tmp_path, {"DATABASE_URL": URL, "X": "sesame-sesame"}))

    assert "sesame" not in shown


def test_the_state_folder_is_private(tmp_path: Path) -> None:
    folder = load(tmp_path).state_folder

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_own_state_folder_is_made_private_again(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "state.sqlite3").touch()
    (tmp_path / "state").chmod(0o755)

    assert stat.S_IMODE(load(tmp_path).state_folder.stat().st_mode) == 0o700


def test_a_shared_folder_is_never_closed_to_its_users(tmp_path: Path) -> None:
    shared = tmp_path / "state"
    shared.mkdir()
    (shared / "something").touch()
    shared.chmod(0o777)

    with pytest.raises(StateUnavailable, match="holds other things"):
        load(tmp_path)

    assert stat.S_IMODE(shared.stat().st_mode) == 0o777


def test_a_state_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "state").touch()

    with pytest.raises(StateUnavailable, match="cannot use the state folder"):
        load(tmp_path)
