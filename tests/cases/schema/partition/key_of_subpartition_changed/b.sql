create table e (region varchar(32), day date) partition by list (lower(region));
create table e_eu partition of e for values in ('eu');
create table e_us partition of e for values in ('us') partition by hash (day);
create table e_us_all partition of e_us for values with (modulus 1, remainder 0);
