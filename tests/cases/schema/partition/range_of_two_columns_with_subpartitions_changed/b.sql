create table m (tenant int not null, at date not null, n int, note text) partition by range (tenant, at);
create table m_1 partition of m for values from (1, '2026-01-01') to (1, '2027-01-01');
create table m_2 partition of m for values from (2, minvalue) to (2, maxvalue) partition by hash (n);
create table m_2_0 partition of m_2 for values with (modulus 2, remainder 0);
create table m_2_1 partition of m_2 for values with (modulus 2, remainder 1);
create index on m (n) where n > 0;
