create table t (a varchar(20), b bigint, c text, d numeric(10, 2));
