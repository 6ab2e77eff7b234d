"""Judging a plan of 10,000 statements, beside parsing it.

`python benchmarks/risks.py [--statements 10000] [--rounds 5]` prints medians in seconds. Half of
the statements are harmless, and every table that is named is another one.
"""

import argparse
import statistics
import time

from vado.risks import judge
from vado.sql import parse_script

_SQL = """alter table t{i} add column c{i} int default {i};
create index i{i} on t{i} (c{i});
alter table t{i} alter column c{i} set not null;
drop table old{i};
insert into t{i} values (1, 2, 3);
update t{i} set c = 1 where id = {i};
create table n{i} (id bigint primary key, name text not null);
create index on n{i} (name);
alter table n{i} add constraint k{i} foreign key (id) references t{i} (id);
select 1 from t{i};
"""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--statements", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    text = "".join(_SQL.format(i=i) for i in range(asked.statements // 10))
    parsing, judging = [], []
    for _ in range(asked.rounds):
        began = time.perf_counter()
        script = parse_script(text)
        parsed = time.perf_counter()
        risks = judge([script])
        parsing.append(parsed - began)
        judging.append(time.perf_counter() - parsed)
    print(f"statements {len(script.statements)}, risks {len(risks)}")
    print(f"parse {statistics.median(parsing):.3f} s, judge {statistics.median(judging):.3f} s")


if __name__ == "__main__":
    main()
