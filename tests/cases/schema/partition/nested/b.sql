create table old (id int);

create table m (id int, tenant int not null, at date not null) partition by list (tenant);
create table m_1 partition of m for values in (1) partition by range (at);
create table m_1_2026 partition of m_1 for values from ('2026-01-01') to ('2027-01-01');
create table m_rest partition of m default partition by hash (id);
create table m_rest_0 partition of m_rest for values with (modulus 1, remainder 0);
create index on m (at);
