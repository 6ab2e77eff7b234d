create table t (id int not null, tenant int not null, primary key (tenant, id));
