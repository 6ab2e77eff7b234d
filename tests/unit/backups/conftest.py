import pytest

from vado.backups.manifest import Manifest


@pytest.fixture
def manifest() -> Manifest:
    return Manifest(
        id="bk_20261122100000_0123abcd",
        state="verified",
        reason="manual",
        environment="shop",
        host="localhost",
        port=5432,
        database="shop",
        identity="00ff",
        created_at="2026-11-22T10:00:00.000Z",
        server_version="18.6",
        server_version_num=180006,
        tool_version="18.6",
        compression="zstd:1",
        operation_id="op_1",
        actor="ana@mac",
        owners=("ana",),
        tables={"public.t": 3, 'public."ñ\n"': 1, "vado.migration": 7},
    )
