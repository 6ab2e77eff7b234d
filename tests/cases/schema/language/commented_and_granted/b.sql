create table t (id int);

comment on language plpgsql is 'ours';
grant usage on language plpgsql to case_reader;
