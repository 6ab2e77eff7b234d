create table m(id int generated always as identity, at date not null, kind text, v int, primary key (id, at)) partition by range (at);
create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01');
create table m2 partition of m for values from ('2025-01-01') to ('2026-01-01');
insert into m(at, kind, v) values ('2024-03-03','a',1),('2025-03-03','b',2);
create index m_kind on m(kind);
create index only_m2 on m2(v);
alter table m add constraint old_ck check (v > 0);
