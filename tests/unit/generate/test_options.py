from vado.generate.kinds.options import foreign_options, set_and_reset


def test_only_what_differs_is_set_and_reset() -> None:
    found = list(set_and_reset(("fillfactor=70", "parallel_workers=2"), ("fillfactor=80",)))

    assert found == ["SET (fillfactor=80)", "RESET (parallel_workers)"]


def test_all_are_set_anew_where_the_order_would_be_another() -> None:
    found = list(set_and_reset(("b=1",), ("a=2", "b=1")))

    assert found == ["RESET (b)", "SET (a=2, b=1)"]


def test_foreign_options_are_added_set_and_dropped() -> None:
    found = foreign_options(("a=1", "b=2"), ("b=3", "Odd=it's"))

    assert found == "OPTIONS (DROP a, SET b '3', ADD \"Odd\" 'it''s')"
    assert foreign_options(("a=1",), ("a=1",)) is None
