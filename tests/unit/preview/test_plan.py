"""Plans as data."""

import json
from dataclasses import replace

from vado.preview.plan import Basis, Loss, Plan, PlannedMigration, Rehearsal, Requirement, digest
from vado.sql import parse_script

BASIS = Basis("identity", "ledger", "v1:18:abc")


def migration(version: str = "1", checksum: str = "sum") -> PlannedMigration:
    return PlannedMigration(version, "name", "up", checksum, parse_script("select 1"))


def plan() -> Plan:
    return Plan(
        plan_id="plan_1",
        digest="d",
        kind="up",
        environment="default",
        environment_class="development",
        database="shop",
        created_at="2026-01-01T00:00:00.000Z",
        basis=BASIS,
        migrations=(migration().to_json(),),
        statements=(),
        risks=(),
        changes=({"destructive": True},),
        losses=(Loss("public.t", "rows", None, exact=False, version=None, line=None),),
        ddl={"before": "", "after": ""},
        rehearsal=Rehearsal("text", ok=False, limits=(), duration_ms=0, server_version=None,
                            error=None),
        requires=(Requirement("backup", satisfied=True),),
        fingerprint_after=None,
    )  # fmt: skip


def test_a_plan_survives_json():
    assert Plan.from_json(json.loads(json.dumps(plan().to_json()))) == plan()


def test_a_plan_is_destructive_when_any_change_is():
    assert plan().destructive
    assert not replace(plan(), changes=()).destructive


def test_the_digest_is_that_of_what_the_plan_is_about():
    first = digest("up", BASIS, [migration()])

    assert digest("up", BASIS, [migration()]) == first
    assert digest("up", BASIS, [migration("0001")]) == first
    for other in (
        digest("undo", BASIS, [migration()]),
        digest("up", replace(BASIS, identity="x"), [migration()]),
        digest("up", replace(BASIS, ledger="x"), [migration()]),
        digest("up", replace(BASIS, fingerprint="x"), [migration()]),
        digest("up", BASIS, [migration(checksum="x")]),
        digest("up", BASIS, [migration(), migration("2")]),
    ):
        assert other != first
