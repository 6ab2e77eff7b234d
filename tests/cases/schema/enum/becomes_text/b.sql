create table t (id int primary key, mood text not null default 'ok');
