create type span as range (subtype = float4);
create table t (id int primary key, s span);
create index on t using gist (s);

insert into t values (1, '[1,2)');
