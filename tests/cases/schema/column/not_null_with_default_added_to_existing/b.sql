create table t (id int primary key, state text not null default 'new');
