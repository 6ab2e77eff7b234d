"""Work grows with the text, not with its square: counted in what is lexed, not in seconds."""

import pytest

from vado.sql import parse_script, parser


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "selec 1;\n",
        "\\echo it's\n",
        "copy t from stdin;\nit's\n\\.\n",
        "select 12ab;\n",
        "create table t (id int;\n",
        "copy t from stdin;\n",
    ],
    ids=["sound", "syntax", "psql", "data", "junk", "parenthesis", "no data"],
)
def test_ten_thousand_statements_are_read_once(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexed = 0
    scan = parser.scan

    def counted(text: str) -> object:
        nonlocal lexed
        lexed += len(text)
        return scan(text)

    monkeypatch.setattr(parser, "scan", counted)
    text = broken + "insert into t values (1, 'é', $$x;y$$);\n" * 10_000

    script = parse_script(text)

    assert len(script.statements) == 10_000
    # Twice (foreign parts, then statements), with what the cuts between parts cost.
    assert lexed < 5 * len(text)


def test_many_foreign_lines_do_not_read_the_text_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lexed = 0
    scan = parser.scan

    def counted(text: str) -> object:
        nonlocal lexed
        lexed += len(text)
        return scan(text)

    monkeypatch.setattr(parser, "scan", counted)
    count = 1_000

    script = parse_script("select 1;\n\\echo it's\n" * count)

    assert len(script.errors) == len(script.statements) == count
    assert lexed < count * 20_000
