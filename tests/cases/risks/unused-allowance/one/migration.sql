-- vado: allow=cascade reason="nothing hangs on it"
alter table orders add column a int;
