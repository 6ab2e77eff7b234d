create table e (id int not null, at date not null, constraint e_pkey primary key (id, at)) partition by range (at);
create table e1 (id int not null, at date not null, constraint e1_pkey primary key (id, at));
create index e_at on e (at);
create index e1_at_idx on e1 (at);
alter table e attach partition e1 for values from ('2026-01-01') to ('2026-02-01');
