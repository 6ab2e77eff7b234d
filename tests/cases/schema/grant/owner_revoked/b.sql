create table t (id int primary key, a int);

revoke delete, truncate on t from postgres;
