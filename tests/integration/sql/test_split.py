"""The split that Vado makes is the one that the server makes of the same text."""

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vado.database import EmbeddedServer
from vado.sql import parse_script

VALUES = st.text(st.sampled_from(list("a;é'\"$\\/*-漢 \n")), max_size=12)
TAGS = st.sampled_from(["", "a", "é1", "_"])
COMMENTS = st.sampled_from([" ", "\n", " /* ; /* ' */ */ ", " -- ;'\n", "\t/*$$*/"])


@st.composite
def literals(draw: st.DrawFn) -> str:
    value, tag = draw(VALUES), draw(TAGS)
    plain = "'" + value.replace("'", "''") + "'"
    escaped = "E'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    dollars = f"${tag}${value}${tag}$"
    forms = [plain, escaped]
    # A value that ends with `$`, or holds the tag, would close the quote itself.
    if "$" not in value:
        forms.append(dollars)
    return draw(st.sampled_from(forms))


@st.composite
def scripts(draw: st.DrawFn) -> str:
    texts = draw(st.lists(literals(), min_size=1, max_size=6))
    return "".join(
        f"{draw(COMMENTS)}select{draw(COMMENTS)}{text} as v{draw(COMMENTS)};" for text in texts
    )


@pytest.fixture(scope="module")
def connection(cluster: EmbeddedServer) -> Iterator[psycopg.Connection]:
    """One plain connection for hundreds of cases; Vado's own never sends two statements at once."""
    with psycopg.connect(**cluster.target().keywords(), autocommit=True) as connection:
        yield connection


@given(text=scripts())
def test_the_server_answers_the_script_as_it_answers_the_statements(
    connection: psycopg.Connection, text: str
) -> None:
    script = parse_script(text)

    assert not script.errors
    assert whole(connection, text) == [alone(connection, s.text) for s in script.statements]


def whole(connection: psycopg.Connection, text: str) -> list[str]:
    cursor = connection.execute(text.encode())
    found = [cursor.fetchone()[0]]
    while cursor.nextset():
        found.append(cursor.fetchone()[0])
    return found


def alone(connection: psycopg.Connection, text: str) -> str:
    return connection.execute(text.encode(), binary=True).fetchone()[0]
