create function next_no(p int default 3) returns int language sql as 'select p';
create table t(a int default next_no(4), b timestamp default (now() at time zone 'utc'), c text default null);
