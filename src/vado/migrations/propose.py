"""From the migrations folder and the ledger to the plan of what is pending."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vado.environments import Environment
from vado.errors import NotFound
from vado.migrations.files import Migration, read_folder, version_number
from vado.migrations.ledger import LedgerRow, ledger_digest, read_ledger
from vado.migrations.order import check_dependencies
from vado.migrations.status import Standing, compare
from vado.operations import OUT_OF_ORDER, Job, is_agreed
from vado.preview import Plan, PlannedMigration, WantedPlace, with_order


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of what is pending is to be previewed, and where.

    `out_of_order` takes in what is older than a migration that is applied already, which needs no
    word where it was agreed to before.
    """

    to: str | None = None
    place: WantedPlace | None = None
    out_of_order: bool = False


def preview_pending(environment: Environment, wanted: Wanted, job: Job) -> Plan:
    """Make the plan that brings the database up to `wanted.to`, or to the newest file."""
    # Loaded here: who only asks how the folder stands needs nothing that rehearses.
    from vado.preview import Proposal, make_plan  # noqa: PLC0415

    standing, rows = read_standing(environment)
    agreed = late_agreed(environment, standing)
    wanted = replace(wanted, out_of_order=wanted.out_of_order or agreed)
    standing.refuse_conflicts(out_of_order=wanted.out_of_order)
    migrations = _chosen(standing, wanted)
    check_dependencies(migrations, standing)
    for migration in migrations:
        migration.require_sound()
    late = {entry.version for entry in standing.of("out_of_order")}
    proposal = Proposal(
        planned(migrations, rows),
        ledger_digest(rows),
        wanted.place,
        out_of_order=tuple(m.version for m in migrations if m.version in late),
    )
    return with_order(make_plan(environment, proposal, job), agreed=agreed)


def late_agreed(environment: Environment, standing: Standing) -> bool:
    """Say whether there are late files, and it was agreed to apply such in this database."""
    if not standing.of("out_of_order"):
        return False
    with environment.session(read_only=True) as session:
        return is_agreed(session, OUT_OF_ORDER)


def read_standing(environment: Environment) -> tuple[Standing, tuple[LedgerRow, ...]]:
    """Read folder and ledger and put them side by side."""
    migrations = read_folder(environment.migrations_folder)
    with environment.session(read_only=True) as session:
        rows = read_ledger(session)
    return compare(migrations, rows), rows


def _chosen(standing: Standing, wanted: Wanted) -> list[Migration]:
    to = wanted.to
    if to is None:
        return standing.to_apply(out_of_order=wanted.out_of_order)
    if version_number(to) not in {int(e.version) for e in standing.entries}:
        raise NotFound(f"there is no migration {to}", hint="`vado status` lists the versions.")
    return standing.to_apply(to, out_of_order=wanted.out_of_order)


def planned(
    migrations: Sequence[Migration], rows: Sequence[LedgerRow]
) -> tuple[PlannedMigration, ...]:
    """Return the migrations as a preview takes them; half-done ones go on where they stopped."""
    half = {row.number: row for row in rows if row.state == "partial"}
    return tuple(
        PlannedMigration(
            version=m.version,
            name=m.name,
            direction="up",
            checksum=m.checksum,
            script=m.script,
            transaction=m.transaction,
            statements_done=half[m.number].statements_done if m.number in half else 0,
            catch_up=catch_up(half.get(m.number)),
            down=m.down,
            down_transaction=m.down_transaction,
        )
        for m in migrations
    )


def planned_up(migration: Migration) -> PlannedMigration:
    """Return the *up* of a migration as it runs from its beginning, on a database without it."""
    return PlannedMigration(
        version=migration.version,
        name=migration.name,
        direction="up",
        checksum=migration.checksum,
        script=migration.script,
        transaction=migration.transaction,
    )


def catch_up(row: LedgerRow | None) -> tuple[str, ...]:
    """Return what brings a copy to where a half-done migration is gone on with."""
    if row is None or row.remains is None:
        return ()
    first = row.statements_total if row.undoing else 0
    return tuple(s for n, sql in row.remains.catch_up.items() if n >= first for s in sql)
