create table t (
    a numeric(10, 4), b numeric, c double precision, d timestamp, e timestamptz, f varchar(20),
    g json, h char(5), i bigint, j numeric(8, 3)
);
