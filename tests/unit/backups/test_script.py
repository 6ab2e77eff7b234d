"""What Vado makes of the script that pg_restore prints: no command of psql, no COMMIT."""

import io

import pytest

from vado.backups.script import Rows, _trimmed, read_rows
from vado.errors import BackupDamaged

HEAD = b"""--
-- PostgreSQL database dump
--

\\restrict abc123

-- Dumped by pg_dump version 18.6

BEGIN;

SET statement_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'LATIN1';
SELECT pg_catalog.set_config('search_path', '', false);
SET row_security = off;

"""
TAIL = b"""COMMIT;

--
-- PostgreSQL database dump complete
--

\\unrestrict abc123

"""
ROWS = b"""--
-- Data for Name: "it's"; Type: TABLE DATA
--

COPY public."it's
COPY public.fake (id) FROM stdin;
1" ("a, b", id) FROM stdin;
BEGIN;	1
\\\\.	2
\\.


COPY public.empty  FROM stdin;
\\.


BEGIN;

SELECT pg_catalog.lo_open('16392', 131072);
SELECT pg_catalog.lowrite(0, '\\x00010203');

COMMIT;

SELECT pg_catalog.setval('public."it''s; ""
COMMIT;
"', 1, false);
"""


SETTINGS = b"""SET statement_timeout = 0;
SET client_encoding = 'LATIN1';
SELECT pg_catalog.set_config('search_path', '', false);
SET row_security = off;
"""
OTHERS = b"""SELECT pg_catalog.lo_open('16392', 131072);
SELECT pg_catalog.lowrite(0, '\\x00010203');
SELECT pg_catalog.setval('public."it''s; ""
COMMIT;
"', 1, false);
"""


def pieces(text, size):
    class Slow(io.BytesIO):
        def read(self, _=-1):
            return super().read(size)

    return [
        (piece.table, piece.columns, b"".join(piece.pieces)) if isinstance(piece, Rows) else piece
        for piece in read_rows(Slow(text))
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
def test_rows_and_statements_are_told_apart_however_they_arrive(size):
    odd = b'public."it\'s\nCOPY public.fake (id) FROM stdin;\n1"'

    found = pieces(HEAD + ROWS + TAIL, size)

    assert found == [
        SETTINGS,
        (odd, b'"a, b", id', b"BEGIN;\t1\n\\\\.\t2\n"),
        (b"public.empty", b"", b""),
        OTHERS,
    ]


def test_a_script_that_stops_early_is_never_taken_for_whole():
    text = HEAD + ROWS
    whole = len(HEAD + ROWS.rstrip())
    ends = 0
    for cut in range(len(HEAD), whole):
        try:
            pieces(text[:cut], 5)
        except BackupDamaged:
            ends += 1
        else:
            assert text[cut - 1 : cut] == b"\n"
    assert ends > len(ROWS) * 0.9


def test_the_frame_of_a_section_is_left_out_and_nothing_of_its_body():
    body = b"CREATE FUNCTION public.f() AS $$\nBEGIN;\n\\restrict x\nCOMMIT;\n$$;\n"

    script = _trimmed(HEAD + body + b"\n" + TAIL)

    assert script.encoding == "LATIN1"
    assert body in script.text
    assert not script.text.startswith(b"BEGIN")
    assert b"abc123" not in script.text
    assert b"transaction_timeout" not in script.text
    assert script.text.rstrip().endswith(b"$$;")


def test_a_section_without_its_frame_is_refused():
    with pytest.raises(BackupDamaged):
        _trimmed(b"drop table x;")
