from hypothesis import given
from hypothesis import strategies as st

from vado.schema.names import before_arguments, name_parts, split_column, unquoted
from vado.schema.remarks import quoted


def as_quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_quoted_names_are_taken_apart_whatever_they_hold(names: list[str]) -> None:
    identity = ".".join(as_quoted(name) for name in names)

    assert [unquoted(part) for part in name_parts(identity)] == names


@given(st.text(min_size=1))
def test_arguments_are_cut_after_the_name(name: str) -> None:
    assert before_arguments(f'a.{as_quoted(name)}(integer,"b("."c)")') == f"a.{as_quoted(name)}"


@given(st.text(min_size=1), st.text())
def test_a_column_is_split_from_what_is_said_about_it(name: str, text: str) -> None:
    assert split_column(f"{as_quoted(name)}: {text}") == (as_quoted(name), text)


def test_a_backslash_does_not_depend_on_settings() -> None:
    assert quoted("it's") == "'it''s'"
    assert quoted("a\\'b") == "E'a\\\\''b'"
