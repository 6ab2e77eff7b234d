create table t (id int not null, tenant int not null, primary key (id));

insert into t values (1, 1), (2, 1);
