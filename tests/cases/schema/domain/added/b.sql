create table t (id int primary key);

create domain email as text not null default '?' constraint has_at check (value like '%@%');
alter table t add column mail email default 'a@b';
