alter table t add column a jsonb default myjsonb();
