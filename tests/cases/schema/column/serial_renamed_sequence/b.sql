create table t (id serial primary key);
alter sequence t_id_seq rename to t_numbers;
