create table t (id int primary key, s varchar(10) not null default 'new', constraint s_ok check (s in ('new', 'paid', 'sent')));
create index t_open on t (id) where s in ('new', 'sent');
