create table m (tenant int not null, at date not null, n int) partition by range (tenant, at);
create table m_1 partition of m for values from (1, '2026-01-01') to (1, '2027-01-01');

insert into m values (1, '2026-05-05', 3);
