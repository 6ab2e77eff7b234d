create table t (id int primary key, active int not null default 1);

insert into t values (1, 1), (2, 0);
