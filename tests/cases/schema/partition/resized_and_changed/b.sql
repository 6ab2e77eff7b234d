create table m(id int generated always as identity, at date not null, kind varchar(20) not null, v bigint not null, w text not null default 'w', constraint m_key primary key (at, id), constraint new_ck check (v >= 0)) partition by range (at);
create table m1 partition of m for values from ('2023-01-01') to ('2025-01-01');
create table m2 partition of m for values from ('2025-01-01') to ('2025-07-01');
create table m3 partition of m for values from ('2025-07-01') to ('2026-01-01');
create index m_kind on m(kind, w);
create index only_m2 on m2(v, w);
