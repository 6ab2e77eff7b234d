create type "Part" as (n bigint, f numeric(10,4), note varchar(30), extra bool);
create type inner_t as (p "Part", ps "Part"[], z int);
create table t(id int primary key, a "Part"[], b inner_t, c inner_t[], d "Part");
