"""Facts about what reaches a terminal or a pipe."""

import io

import pytest

from vado.cli.screen import Screen, bad, bold, clean, dim
from vado.cli.source import show_excerpt


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


def test_colours_stay_out_of_a_pipe(stream: io.StringIO) -> None:
    Screen(stream, colour=False).line(bad("lost"), " ", bold("rows"))

    assert stream.getvalue() == "lost rows\n"


def test_colours_are_shown_on_a_terminal(stream: io.StringIO) -> None:
    Screen(stream, colour=True).line(bad("lost"))

    assert stream.getvalue() == "\x1b[31mlost\x1b[0m\n"


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\rb", "a\nb", "a\x07b", "a\u202eb", "a\x9bb"])
def test_a_name_cannot_steer_the_terminal(text: str, stream: io.StringIO) -> None:
    Screen(stream, colour=True).line(text)

    assert stream.getvalue() == f"a\\x{ord(text[1]):02x}{text[2:]}\n"


def test_tabs_stay_tabs() -> None:
    assert clean("a\tb") == "a\tb"


def test_paragraphs_keep_to_the_width(stream: io.StringIO) -> None:
    screen = Screen(stream, colour=False)

    screen.paragraph("word " * 60, indent=4)

    lines = stream.getvalue().splitlines()
    assert len(lines) > 3
    assert all(len(line) <= 80 and line.startswith("    word") for line in lines)


def test_columns_stand_below_each_other(stream: io.StringIO) -> None:
    Screen(stream, colour=False).table(
        [("1", "short", "5 ms"), ("22", "a longer one", "120 ms")], right=(2,)
    )

    assert stream.getvalue() == ("  1   short           5 ms\n  22  a longer one  120 ms\n")


def test_a_cell_that_does_not_fit_goes_below_and_is_not_cut(stream: io.StringIO) -> None:
    Screen(stream, colour=False).table([("id", dim("word " * 20))])

    first, *rest = stream.getvalue().splitlines()
    assert first.strip() == "id"
    assert " ".join(rest).split() == ["word"] * 20


def test_a_caret_points_at_the_column_of_a_long_line(stream: io.StringIO) -> None:
    text = "select " + "x, " * 60 + "wrong from t"

    show_excerpt(Screen(stream, colour=False), text, (7, text.index("wrong") + 1), indent=2)

    line, caret = stream.getvalue().splitlines()
    assert len(line) <= 80
    assert line[caret.index("^") :].startswith("wrong")


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="latin-1") as latin:
        Screen(latin, colour=False).line("✓ ▲ year 2026")
        latin.flush()
        assert raw.getvalue() == b"+ ! year 2026\n"
