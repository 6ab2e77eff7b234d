create table t (id int not null, v text);
create table u (id serial, v text);
grant usage on sequence u_id_seq to case_reader;
