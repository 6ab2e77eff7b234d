create type "Part" as (n int, f numeric(10,4), at timestamptz, note text);
create type inner_t as (p "Part", ps "Part"[]);
create table t(id int primary key, a "Part"[], b inner_t, c inner_t[], d "Part");
insert into t values (1, array[row(1,1.25,'2020-01-01','x"y,')::"Part", null], row(row(2,3,null,'q'), '{}'), array[row(null, array[row(7,8.5,null,null)::"Part"])::inner_t], null), (2, null, null, null, row(1,2,null,'d')), (3, '{}', row(null,null), '{}', null);
