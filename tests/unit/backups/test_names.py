from datetime import UTC, datetime

import pytest

from vado.backups.successor import _items, timed_name

MOMENT = datetime(2026, 11, 22, 10, 15, 0, tzinfo=UTC)


def test_the_old_database_is_called_after_the_time_of_the_restore():
    assert timed_name("shop", "before_restore", MOMENT) == "shop_before_restore_20261122101500"


@pytest.mark.parametrize("name", ["x" * 63, "ñ" * 31, "日本" * 10 + "abc"])
def test_a_long_name_is_shortened_to_63_bytes_between_characters(name: str):
    found = timed_name(name, "before_restore", MOMENT)

    assert len(found.encode()) <= 63
    assert found.endswith("_before_restore_20261122101500")
    assert name.startswith(found.removesuffix("_before_restore_20261122101500"))


@pytest.mark.parametrize(
    ("name", "value", "items"),
    [
        ("search_path", '"$user", public, "a, b", "q""q"', ["$user", "public", "a, b", 'q"q']),
        ("search_path", '""', [""]),
        ("search_path", "", [""]),
        ("app.motto", "a, b", ["a, b"]),
        ("statement_timeout", "5s", ["5s"]),
    ],
)
def test_only_lists_of_names_are_taken_apart(name: str, value: str, items: list[str]):
    assert _items(name, value) == items
