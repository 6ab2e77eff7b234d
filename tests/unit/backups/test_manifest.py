import json
from dataclasses import replace

import pytest

from vado.backups.manifest import Manifest
from vado.errors import BackupError


def test_a_manifest_is_read_as_it_was_written(manifest: Manifest):
    assert Manifest.from_text(manifest.to_text()) == manifest


def test_vados_own_tables_are_not_counted_as_the_users(manifest: Manifest):
    backup = manifest.backup(available=True)

    assert (backup.tables, backup.rows, backup.available) == (2, 4, True)


def test_an_undecoded_backup_has_no_counts(manifest: Manifest):
    backup = replace(manifest, tables=None).backup(available=False)

    assert (backup.tables, backup.rows, backup.available) == (None, None, False)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 1}', "null", '{"format": 1, "id": 3}']
)
def test_other_text_is_not_a_manifest(text: str):
    with pytest.raises(BackupError):
        Manifest.from_text(text)


def test_a_manifest_of_a_newer_format_is_refused_with_a_hint(manifest: Manifest):
    newer = json.loads(manifest.to_text()) | {"format": 2}

    with pytest.raises(BackupError) as caught:
        Manifest.from_text(json.dumps(newer))

    assert caught.value.hint is not None
    assert "newer" in caught.value.hint


def test_fields_of_a_later_vado_do_not_hide_a_backup(manifest: Manifest):
    later = json.loads(manifest.to_text()) | {"moon": "full"}

    assert Manifest.from_text(json.dumps(later)) == manifest


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("created_at", value) for value in (None, 5, "yesterday", "2026-11-22T10:00:00")),
        *(("size_bytes", value) for value in ("big", -5, 1.5, True)),
        *(("tables", value) for value in ([1, 2], {"public.t": "x"}, {"public.t": -1})),
        *(("error", value) for value in ("boom", {}, {"code": "x"})),
        ("state", "banana"),
        ("kind", "elf"),
        ("label", {"a": 1}),
        ("expires_at", 7),
        ("owners", [1, {}]),
        ("server_version_num", "x"),
        ("id", 3),
    ],
)
def test_a_value_of_another_kind_is_found_when_it_is_read(manifest: Manifest, name, value):
    text = json.dumps(json.loads(manifest.to_text()) | {name: value})

    with pytest.raises(BackupError) as caught:
        Manifest.from_text(text)

    assert caught.value.details["reason"] == "manifest_unreadable"


def test_what_is_nested_without_end_or_no_number_is_no_manifest(manifest: Manifest):
    nan = manifest.to_text().replace('"size_bytes": null', '"size_bytes": NaN')
    for text in ("[" * 100_000, nan):
        with pytest.raises(BackupError):
            Manifest.from_text(text)


def test_a_manifest_is_that_of_the_backup_it_is_called_after(manifest: Manifest):
    assert Manifest.from_text(manifest.to_text(), of=manifest.id) == manifest
    with pytest.raises(BackupError):
        Manifest.from_text(manifest.to_text(), of="bk_20261122100000_ffffffff")
