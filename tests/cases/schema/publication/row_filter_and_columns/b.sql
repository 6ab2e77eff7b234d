create table t (id int primary key, a int, b text);

create publication p for table t (id, b) where (id > 10);
create publication q for table t;
