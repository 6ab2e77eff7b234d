create table t (id int primary key, n int default 1, s text default 'a', ok boolean default false, tags text[] default '{}');
