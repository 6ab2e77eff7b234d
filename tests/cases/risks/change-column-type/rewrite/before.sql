create type mood as enum ('sad', 'glad');
create table t (a integer, b integer, c mood, d timestamp, e char(3));
