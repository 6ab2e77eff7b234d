alter table orders enable trigger all;
set session_replication_role = origin;
