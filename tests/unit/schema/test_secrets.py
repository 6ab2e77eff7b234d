import pytest

from vado.schema.secrets import split_connection, split_options


def test_options_that_look_like_secrets_become_marks() -> None:
    shown, hidden = split_options(["user=u", "password=p=1", "host=h", "sslkey=/k"])

    assert shown == ("host=h", "user=u")
    assert [text.partition("=hidden:")[0] for text in hidden] == ["password", "sslkey"]
    assert "p=1" not in str(hidden)


def test_equal_secrets_have_equal_marks_and_others_have_others() -> None:
    one, same, other = (split_options([f"password={text}"])[1] for text in ("a", "a", "b"))

    assert one == same != other


@pytest.mark.parametrize(
    ("text", "shown", "names"),
    [
        ("host=h password=x dbname=d", "host=h password=*** dbname=d", ["password"]),
        ("password='a b\\'c' host=h", "password=*** host=h", ["password"]),
        ("host = h password = x", "host=h password=***", ["password"]),
        ("postgresql://u:p@h/d", "postgresql://u:***@h/d", ["password"]),
        (
            "postgres://u@h/d?password=x&sslmode=require",
            "postgres://u@h/d?password=***&sslmode=require",
            ["password"],
        ),
        ("host=h", "host=h", []),
    ],
)
def test_connection_strings_lose_their_secrets(text: str, shown: str, names: list[str]) -> None:
    found, hidden = split_connection(text)

    assert found == shown
    assert [mark.partition("=")[0] for mark in hidden] == names
