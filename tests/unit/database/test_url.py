"""Connection strings: read exactly, refused clearly, and never repeated with their secrets."""

import os
import stat
import traceback
from pathlib import Path

import pytest

from vado.database import Target, parse_url, password_file, target_from_variables
from vado.errors import ConfigurationInvalid
from vado.settings import Secret

CANARY = "c4nary"


@pytest.mark.parametrize(
    ("url", "host", "port", "dbname", "user"),
    [
        ("postgresql://u@h/db", "h", 5432, "db", "u"),
        ("postgres://u:p@h:6543/db", "h", 6543, "db", "u"),
        (" postgresql://u@h/db\n", "h", 5432, "db", "u"),
        ("postgresql://u@/db", "localhost", 5432, "db", "u"),
        ("postgresql://u@h", "h", 5432, "u", "u"),
        ("postgresql://u@[::1]:6543/db", "::1", 6543, "db", "u"),
        ("postgresql://u@[fe80::1%25eth0]/db", "fe80::1%eth0", 5432, "db", "u"),
        ("postgresql://u@%2Frun%2FMy-Socket/db", "/run/My-Socket", 5432, "db", "u"),
        (
            "postgresql:///db?host=/run/My-Socket&user=u&port=6543",
            "/run/My-Socket",
            6543,
            "db",
            "u",
        ),
        ("postgresql://u@h/a%2Fb%20c%40d", "h", 5432, "a/b c@d", "u"),
        ("postgresql://u%40x:p@h/db", "h", 5432, "db", "u@x"),
        ("postgresql://%C3%B1@h/%E6%BC%A2", "h", 5432, "漢", "ñ"),
        ("postgresql://u@h:5432/db?port=6543", "h", 6543, "db", "u"),
    ],
)
def test_a_connection_string_says_where_and_who(
    url: str, host: str, port: int, dbname: str, user: str
) -> None:
    target = parse_url(url)

    assert (target.host, target.port, target.dbname, target.user) == (host, port, dbname, user)
    assert target.keywords()["port"] == str(port)


@pytest.mark.parametrize(
    ("written", "password"),
    [
        ("a%40b%3Ac%2Fd%25", "a@b:c/d%"),
        ("a@b", "a@b"),
        ("a:b", "a:b"),
        ("a+b", "a+b"),
        ("%C3%A9", "é"),
        ("100%", "100%"),
    ],
)
def test_a_password_is_read_as_it_was_meant(written: str, password: str) -> None:
    target = parse_url(f"postgresql://u:{written}@h/db")

    assert target.password == Secret(password)


def test_no_password_and_an_empty_one_are_the_same() -> None:
    assert parse_url("postgresql://u@h/db").password is None
    assert parse_url("postgresql://u:@h/db").password is None


def test_the_password_may_stand_in_the_query() -> None:
    assert parse_url("postgresql://u@h/db?password=a+b").password == Secret("a+b")


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://u:{CANARY}@h/db",
        f"{CANARY}",
        f"host=h password={CANARY}",
        f"postgresql://u:{CANARY}#x@h/db",
        f"postgresql://u:12?{CANARY}@h/db",
        f"postgresql://u:12?a={CANARY}@h/db",
        f"postgresql://u:{CANARY}?x@h/db",
        f"postgresql://u:{CANARY}/x@h/db",
        f"postgresql://u:12/{CANARY}@h/db",
        f"postgresql://u:%ff{CANARY}@h/db",
        f"postgresql://u:{CANARY}@h:port/db",
        f"postgresql://u:{CANARY}@h:0/db",
        f"postgresql://u:{CANARY}@h:65536/db",
        f"postgresql://u:{CANARY}@h:{'9' * 5000}/db",
        f"postgresql://u:{CANARY}@h1,h2/db",
        f"postgresql://u:{CANARY}@h1:1,h2:2/db",
        f"postgresql://u:{CANARY}@[::1/db",
        f"postgresql://u:{CANARY}@[h]x/db",
        f"postgresql://:{CANARY}@h/db",
        f"postgresql://u:{CANARY}%00@h/db",
        f"postgresql://u:{CANARY}@h%00/db",
        f"postgresql://u:{CANARY}@h/db?hostaddr=1.2.3.4",
        f"postgresql://u:{CANARY}@h/db?service=x",
        f"postgresql://u:{CANARY}@h/db?passfile=/tmp/x",
        f"postgresql://u:{CANARY}@h/db?sslkeylogfile=/tmp/x",
        f"postgresql://u:{CANARY}@h/db?sslkey=/tmp/x",
        f"postgresql://u:{CANARY}@h/db?sslmode=off",
        f"postgresql://u:{CANARY}@h/db?connect_timeout=soon",
        f"postgresql://u:{CANARY}@h/db?options=-c%20role%3Dx",
        f"postgresql://u:{CANARY}@h/db?options=endpoint%3Dx%20-c%20role%3Dy",
        f"postgresql://u:{CANARY}@h/db?application_name=%ff",
        f"postgresql://u:{CANARY}@h/db?{CANARY}",
        f"postgresql://u:{CANARY}@h/db#{CANARY}",
    ],
)
def test_what_cannot_be_read_is_refused_without_a_secret(url: str) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        parse_url(url)

    shown = "".join(traceback.format_exception(caught.value, chain=True)).replace(url, "")
    told = f"{caught.value.message} {caught.value.hint} {caught.value.details}"
    assert CANARY not in told
    assert CANARY not in "".join(
        line for line in shown.splitlines(keepends=True) if "parse_url(url)" not in line
    )


def test_a_refused_parameter_of_libpq_is_named() -> None:
    with pytest.raises(ConfigurationInvalid, match="parameter hostaddr that is not allowed"):
        parse_url("postgresql://u@h/db?hostaddr=1.2.3.4")


def test_a_neon_endpoint_may_be_named() -> None:
    target = parse_url("postgresql://u@h/db?options=endpoint%3Dep-cool-1")

    assert target.keywords()["options"] == "endpoint=ep-cool-1"


def test_tls_is_required_away_from_this_machine() -> None:
    assert parse_url("postgresql://u@h/db").keywords()["sslmode"] == "require"
    assert parse_url("postgresql://u@127.0.0.1/db").keywords()["sslmode"] == "prefer"
    assert parse_url("postgresql://u@h/db?sslmode=disable").keywords()["sslmode"] == "disable"


def test_verification_has_roots_that_exist() -> None:
    keywords = parse_url("postgresql://u@h/db?sslmode=verify-full").keywords()
    own = parse_url("postgresql://u@h/db?sslmode=verify-full&sslrootcert=/ca.pem").keywords()

    assert Path(keywords["sslrootcert"]).is_file()
    assert own["sslrootcert"] == "/ca.pem"


def test_a_target_shows_no_password() -> None:
    target = parse_url(f"postgresql://u:{CANARY}@[::1]/db")

    assert target.display == "u@[::1]:5432/db"
    assert CANARY not in f"{target} {target!r} {target.display}"


def test_libpqs_variables_are_read() -> None:
    variables = {
        "PGHOST": "h",
        "PGPORT": "6543",
        "PGUSER": "u",
        "PGPASSWORD": CANARY,
        "PGSSLMODE": "verify-full",
        "PGHOSTADDR": "1.2.3.4",
        "PGSERVICE": "x",
        "PGOPTIONS": "-c role=x",
    }

    target = target_from_variables(variables)

    assert target.display == "u@h:6543/u"
    assert target.password == Secret(CANARY)
    assert target.options == {"sslmode": "verify-full"}


@pytest.mark.parametrize("variables", [{}, {"PGUSER": "u", "PGPORT": "x"}])
def test_variables_that_do_not_suffice_are_refused(variables: dict[str, str]) -> None:
    with pytest.raises(ConfigurationInvalid):
        target_from_variables(variables)


def test_a_child_gets_our_connection_and_nothing_of_the_users(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGSERVICE", "x")
    monkeypatch.setenv("PGHOSTADDR", "1.2.3.4")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://u:{CANARY}-and-more@h/db")
    monkeypatch.setenv("NEON_API_KEY", f"napi_{CANARY}")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", f"of which nobody told us: {CANARY}")
    target = parse_url(f"postgresql://u:{CANARY}-and-more@h:6543/db?application_name=me")

    environment = target.environment()

    assert CANARY not in str(environment)
    assert environment["PATH"] == os.environ["PATH"]
    assert {k: v for k, v in environment.items() if k.startswith("PG")} == {
        "PGHOST": "h",
        "PGPORT": "6543",
        "PGDATABASE": "db",
        "PGUSER": "u",
        "PGSSLMODE": "require",
        "PGCONNECT_TIMEOUT": "30",
        "PGAPPNAME": "me",
        "PGPASSFILE": "/dev/null/none",
    }


def test_the_password_file_is_private_and_ends_with_the_block() -> None:
    target = Target("h", 5432, "db", "u", Secret("a:b\\c é"))

    with password_file(target) as path:
        assert path is not None
        assert path.read_text(encoding="utf-8") == "*:*:*:*:a\\:b\\\\c é\n"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert target.environment(path)["PGPASSFILE"] == str(path)

    assert not path.exists()


def test_the_password_file_goes_also_when_the_block_fails() -> None:
    kept: list[Path | None] = []

    def use() -> None:
        with password_file(Target("h", 5432, "db", "u", Secret("x"))) as path:
            kept.append(path)
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 (a bare one is raised above)
        use()

    [path] = kept
    assert path is not None
    assert not path.exists()


def test_without_a_password_there_is_no_file() -> None:
    with password_file(Target("h", 5432, "db", "u")) as path:
        assert path is None


def test_a_password_that_no_file_can_hold_is_refused() -> None:
    target = Target("h", 5432, "db", "u", Secret(f"{CANARY}\n*:*:*:*:x"))

    with (
        pytest.raises(ConfigurationInvalid, match="contains a line break"),
        password_file(target),
    ):
        pass
