"""No secret reaches the log, and each event is one line of JSON in a private file."""

import json
import logging
import stat
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from vado.errors import StateUnavailable
from vado.logging import configure_logging, redact, redacted, register_secret
from vado.settings import Secret

CANARY = "c4nary+Tweet"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    root, driver = logging.getLogger("vado"), logging.getLogger("psycopg")
    kept, root.handlers = root.handlers, []
    configure_logging(tmp_path)
    yield logging.getLogger("vado.test")
    for handler in root.handlers:
        driver.removeHandler(handler)
        handler.close()
    root.handlers, root.propagate, driver.propagate = kept, True, True


def lines(tmp_path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (tmp_path / "vado.log").read_text().splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://u:{CANARY}@h/db",
        f"postgres://u:p@{CANARY}@h/db",
        f"see postgresql://u:p/{CANARY}@h:5432/db?sslmode=require now",
        f"PGPASSWORD={CANARY} pg_dump",
        f"DB_PASSWORD={CANARY}",
        f"NEON_API_KEY={CANARY}",
        f"password={CANARY} host=h",
        f"password = '{CANARY} and more'",
        f"'password': '{CANARY}'",
        f'{{"password": "{CANARY}", "a": 1}}',
        f'"access_token":"{CANARY}"',
        f"ALTER ROLE r PASSWORD '{CANARY}'",
        f"create user u with password 'it''s {CANARY}'",
        f"password E'a\\'{CANARY}'",
        f"password U&'{CANARY}'",
        f"password $${CANARY}$$",
        f"password $x$a $$\n{CANARY}$x$",
        f"Authorization: Bearer {CANARY}",
        f"X-Vado-Token: {CANARY}",
        "key npg_c4naryTweet",
        "key napi_c4naryTweet",
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str) -> None:
    assert "c4nary" not in redact(text)
    assert "Tweet" not in redact(text)
    assert "***" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://u@h:5432/db",
        "password authentication failed for user u",
        "https://example.org/a@b",
        'syntax error at or near "select"',
        "the password is wrong",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


def test_a_secret_is_known_from_its_first_mention() -> None:
    Secret("zb-unique-zb")

    assert redact("it was zb-unique-zb!") == "it was ***!"


def test_the_longest_of_two_secrets_goes_first() -> None:
    register_secret("yyyy-short")
    register_secret("yyyy-short-and-long")

    assert redact("yyyy-short-and-long") == "***"


@pytest.mark.parametrize("text", ["npg_{}Rest", "token={}Rest", "bearer {}Rest", "u://a:{}Rest@h"])
def test_no_rest_of_a_secret_survives_because_its_beginning_was_known(text: str) -> None:
    register_secret("the-beginning")

    assert "Rest" not in redact(text.format("the-beginning"))


def test_json_stays_json_when_a_secret_is_taken_out() -> None:
    data = {"message": f"password={CANARY}", "hint": "see user@host", "n": [1, None, {"a": Path()}]}

    text = json.dumps(redacted(data))

    assert json.loads(text)["hint"] == "see user@host"
    assert CANARY not in text


def test_a_value_is_masked_when_its_name_says_what_it_is() -> None:
    assert redacted({"api_key": "x", "password": None}) == {"api_key": "***", "password": None}


def test_a_secret_shows_itself_only_when_revealed() -> None:
    secret = Secret(CANARY)

    assert f"{secret} {secret!r} {secret!s} {[secret]}" == "'***' '***' '***' ['***']"
    assert secret.reveal() == CANARY
    assert secret == Secret(CANARY) != Secret("other-one")
    assert json.dumps({"s": secret}, default=str) == '{"s": "\'***\'"}'


@pytest.mark.parametrize("message", ["a\nb\r\nc", 'quote " and \\', "漢😀", "\x00\x1b"])
def test_an_event_is_one_line_of_json(log: logging.Logger, tmp_path: Path, message: str) -> None:
    log.info("event %s", message, extra={"value": message, "list": [message, {"k": message}]})

    [line] = lines(tmp_path)
    assert line["level"] == "info"
    assert line["logger"] == "vado.test"
    assert str(line["at"]).endswith("+00:00")


@pytest.mark.usefixtures("log")
def test_half_a_character_does_not_cost_the_line(tmp_path: Path) -> None:
    # Given to the file alone: xdist cannot carry such a text in what it captured.
    record = logging.makeLogRecord({"msg": "half \ud800", "name": "vado.test"})

    for handler in logging.getLogger("vado").handlers:
        if isinstance(handler, RotatingFileHandler):
            handler.emit(record)

    assert lines(tmp_path)[0]["event"] == "half \ud800"


def test_no_part_of_an_event_carries_a_secret(log: logging.Logger, tmp_path: Path) -> None:
    Secret(CANARY)
    try:
        int(f"cause {CANARY}")
    except ValueError:
        log.exception(
            "message %s", CANARY, extra={"a": CANARY, "b": [{"c": CANARY}], "path": Path(CANARY)}
        )

    [line] = lines(tmp_path)
    assert "ValueError" in str(line["traceback"])
    assert CANARY not in (tmp_path / "vado.log").read_text()


def test_the_log_is_private_whatever_the_umask(log: logging.Logger, tmp_path: Path) -> None:
    log.info("one")

    assert stat.S_IMODE((tmp_path / "vado.log").stat().st_mode) == 0o600


def test_a_file_begun_by_rotation_is_private_too(log: logging.Logger, tmp_path: Path) -> None:
    for handler in logging.getLogger("vado").handlers:
        handler.maxBytes = 300

    for number in range(10):
        log.info("event %s", number)

    files = sorted(tmp_path.glob("vado.log*"))
    assert len(files) == 3
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}


def test_a_log_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "vado.log"
    path.touch(mode=0o644)
    root = logging.getLogger("vado")
    kept, root.handlers = root.handlers, []

    configure_logging(tmp_path)

    for handler in root.handlers:
        handler.close()
    root.handlers, root.propagate = kept, True
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    root = logging.getLogger("vado")
    kept, root.handlers = root.handlers, []

    with pytest.raises(StateUnavailable, match="cannot write the log"):
        configure_logging(tmp_path / "missing")

    root.handlers = kept


def test_a_short_password_blanks_out_only_itself() -> None:
    register_secret("file")

    assert redact("password is file, really") == "password is ***, really"
    assert redact("migration_file_invalid in /files/a") == "migration_file_invalid in /files/a"


def test_what_the_driver_warns_of_is_in_the_log_and_not_on_the_terminal(
    log: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert log.name
    logging.getLogger("psycopg").warning("error ignored in rollback: %s", f"password={CANARY}")

    [line] = lines(tmp_path)
    assert "rollback" in str(line)
    assert CANARY not in str(line)
    assert capsys.readouterr().err == ""
