"""Judging a plan of 10,000 statements in 50,000 lines, beside parsing it and beside squawk.

`python benchmarks/risks.py [--statements 10000] [--rounds 5] [--url URL] [--squawk PROGRAM]` prints
the best of the rounds in seconds: whole processes by the clock and by the processor, and the parts
of our own. With `--url` the catalogue of that database is at hand. squawk is the program of the
package `squawk-cli`, in an environment of its own; its reporter is `json`, the quickest.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from vado.risks import judge
from vado.sql import parse_script

_SQL = """create table if not exists app.t{i} (
    id bigint generated always as identity primary key,
    name text not null,
    created_at timestamptz not null default now(),
    owner_id bigint references app.owners (id));
alter table app.t{i}
    add column note{i} text,
    add column amount numeric(12, 2) not null default 0,
    alter column name set default 'x',
    add constraint positive{i} check (amount >= 0);
create index concurrently
    if not exists t{i}_name
    on app.t{i}
    using btree (name)
    where name <> '';
create or replace function app.f{i}() returns trigger as $$
begin
  new.name := lower(new.name);
  return new;
end $$ language plpgsql;
update app.old{i}
    set name = 'x',
        amount = amount + 1
    where id between 1 and 100
      and name is not null;
alter table app.old{i}
    alter column amount
    type numeric(14, 2)
    using
    amount::numeric;
insert into app.owners
    (id, name)
    values (1, 'a'),
    (2, 'b')
    on conflict do nothing;
create view app.v{i} as
    select a.id, b.name
    from app.t{i} a
    join app.owners b on b.id = a.owner_id
    where a.amount > 0;
alter table app.old{i}
    drop column
    if exists
    legacy{i}
    cascade;
comment on table
    app.t{i}
    is
    'table {i}'
    ;
"""


def best(rounds: int, work: Callable[[], object]) -> tuple[float, float]:
    """Return the least of the clock and of the processors, children included."""
    walls, processors = [], []
    for _ in range(rounds):
        began, used = time.perf_counter(), _processor_time()
        work()
        walls.append(time.perf_counter() - began)
        processors.append(_processor_time() - used)
    return min(walls), min(processors)


def _processor_time() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def process(*command: str) -> Callable[[], object]:
    """Return the work of running a program, whatever its exit code, without its output."""
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--statements", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--url")
    options.add_argument("--squawk")
    asked = options.parse_args()
    text = "".join(_SQL.format(i=i) for i in range(asked.statements // 10))
    script = parse_script(text)
    print(f"{len(script.statements)} statements, {len(text.splitlines())} lines")
    show("parse", best(asked.rounds, lambda: parse_script(text)))
    show("judge", best(asked.rounds, lambda: judge([script])))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statements.sql"
        file.write_text(text)
        url = ("--url", asked.url) if asked.url else ()
        ours = process(sys.executable, "-m", "vado", "lint", str(file), "--json", *url)
        show("vado lint --json", best(asked.rounds, ours))
        if asked.squawk:
            theirs = process(os.fspath(asked.squawk), "--reporter", "json", str(file))
            show("squawk --reporter json", best(asked.rounds, theirs))


def show(name: str, figures: tuple[float, float]) -> None:
    """Print one line: by the clock, by the processors."""
    print(f"{name:24} {figures[0]:6.3f} s  (processor {figures[1]:6.3f} s)")


if __name__ == "__main__":
    main()
