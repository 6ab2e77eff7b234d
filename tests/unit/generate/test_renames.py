import pytest

from vado.errors import UsageError
from vado.generate import rename


@pytest.mark.parametrize(
    ("asked", "statement"),
    [
        ("table:public.a=public.b", "ALTER TABLE public.a RENAME TO b;"),
        ("column:public.t.a=b", "ALTER TABLE public.t RENAME COLUMN a TO b;"),
        ("constraint:public.t.k=public.t.k2", "ALTER TABLE public.t RENAME CONSTRAINT k TO k2;"),
        ("trigger:public.t.x=y", "ALTER TRIGGER x ON public.t RENAME TO y;"),
        ('enum:"a.b"."C"="D"', 'ALTER TYPE "a.b"."C" RENAME TO "D";'),
        ("materialized_view:s.m=n", "ALTER MATERIALIZED VIEW s.m RENAME TO n;"),
        ("function:s.f(integer)=g", "ALTER FUNCTION s.f(integer) RENAME TO g;"),
    ],
)
def test_a_rename_that_was_said_is_one_statement(asked: str, statement: str) -> None:
    assert rename(asked).text == statement


def test_what_names_no_rename_is_refused() -> None:
    with pytest.raises(UsageError, match="names no rename"):
        rename("public.a=public.b")
