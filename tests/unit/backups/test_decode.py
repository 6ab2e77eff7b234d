import pytest

from vado.backups.decode import RowCounter
from vado.errors import BackupDamaged
from vado.schema import plain_parts

SCRIPT = rb"""--
-- Data for Name: it's; Type: TABLE DATA; Schema: public; Owner: o
--

SET client_encoding = 'UTF8';

COPY public.orders (id, note) FROM stdin;
1	a
2	\N
3	COPY public.orders (id) FROM stdin;
\.


COPY "Sh op"."T.u"  FROM stdin;
\.

COPY public."line
COPY public.orders (id) FROM stdin;
break" (a) FROM stdin;
5
\.

SELECT pg_catalog.setval('public."q''
COPY public.fake (id) FROM stdin;
"', 1, false);

SELECT pg_catalog.lowrite(0, '\x00ff');
"""
COUNTS = {
    "public.orders": 3,
    '"Sh op"."T.u"': 0,
    'public."line\nCOPY public.orders (id) FROM stdin;\nbreak"': 1,
}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 4096])
def test_rows_are_counted_however_the_script_is_cut(size: int):
    counter = RowCounter()

    for start in range(0, len(SCRIPT), size):
        counter.feed(SCRIPT[start : start + size])

    assert counter.finish() == COUNTS
    assert counter.total == 4


def test_statements_inside_names_and_rows_are_not_read_as_tables():
    counter = RowCounter()
    counter.feed(SCRIPT)

    assert "public.fake" not in counter.finish()


def test_rows_of_a_table_without_columns_are_empty_lines():
    counter = RowCounter()
    counter.feed(b"COPY public.z  FROM stdin;\n\n\n\\.\n")

    assert counter.finish() == {"public.z": 2}


@pytest.mark.parametrize("end", [b"COPY public.t (a) FROM stdin;\n1\n", b"SELECT 'a", b"SELECT"])
def test_a_script_without_its_end_is_damaged(end: bytes):
    counter = RowCounter()
    counter.feed(b"SET x = 1;\n" + end)

    with pytest.raises(BackupDamaged):
        counter.finish()


def test_memory_does_not_grow_with_a_row():
    counter = RowCounter()
    counter.feed(b"COPY public.t (a) FROM stdin;\n")

    for _ in range(100):
        counter.feed(b"x" * 1_000_000)
        assert len(counter._rest) < 10
    counter.feed(b"\n\\")
    counter.feed(b".\n")

    assert counter.finish() == {"public.t": 1}


def test_a_row_that_begins_like_the_end_mark_is_a_row():
    counter = RowCounter()
    for piece in (b"COPY public.t (a) FROM stdin;\n\\", b".x", b"\n\\.\n"):
        counter.feed(piece)

    assert counter.finish() == {"public.t": 1}


def test_names_are_read_in_the_encoding_of_the_archive():
    counter = RowCounter()
    text = "SET client_encoding = 'WIN1252';\nCOPY public.\"año\" (a) FROM stdin;\n\\.\n"
    counter.feed(text.encode("cp1252"))

    assert counter.finish() == {'public."año"': 0}


@pytest.mark.parametrize(
    ("identity", "parts"),
    [
        ("public.t", ("public", "t")),
        ('"a.b"."c""d"', ("a.b", 'c"d')),
        ('public."x\ny"', ("public", "x\ny")),
        ("público.año", ("público", "año")),
    ],
)
def test_quoted_names_fall_into_their_parts(identity: str, parts: tuple[str, ...]):
    assert plain_parts(identity) == parts
