import pytest

from vado.generate.families import fits


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DEFAULT", "DEFAULT"),
        ("FOR VALUES IN ('a', 'b')", "FOR VALUES IN ('b', 'c', 'a')"),
        ("FOR VALUES IN (1, NULL)", "FOR VALUES IN (NULL, 1, 2)"),
        ("FOR VALUES FROM (1) TO (10)", "FOR VALUES FROM (MINVALUE) TO (10)"),
        ("FOR VALUES FROM ('9') TO ('10')", "FOR VALUES FROM ('9') TO ('100')"),
        (
            "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
            "FOR VALUES FROM ('2025-01-01') TO (MAXVALUE)",
        ),
        (
            "FOR VALUES WITH (modulus 4, remainder 3)",
            "FOR VALUES WITH (modulus 2, remainder 1)",
        ),
    ],
)
def test_a_wider_bound_holds_all_rows(old: str, new: str) -> None:
    assert fits(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DEFAULT", "FOR VALUES IN (1)"),
        ("FOR VALUES IN ('a', 'b')", "FOR VALUES IN ('b')"),
        ("FOR VALUES FROM (1) TO (10)", "FOR VALUES FROM (1) TO (9)"),
        ("FOR VALUES FROM (1, MINVALUE) TO (10, 5)", "FOR VALUES FROM (1, 0) TO (10, 5)"),
        ("FOR VALUES FROM ('a') TO ('b')", "FOR VALUES FROM ('A') TO ('c')"),
        ("FOR VALUES FROM (1) TO (10)", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"),
        (
            "FOR VALUES WITH (modulus 2, remainder 1)",
            "FOR VALUES WITH (modulus 4, remainder 1)",
        ),
        ("FOR VALUES IN (1)", "FOR VALUES FROM (1) TO (2)"),
    ],
)
def test_rows_may_have_to_move_where_nobody_can_tell(old: str, new: str) -> None:
    assert not fits(old, new)
