alter table orders add constraint total_there not null total not valid;
-- next
alter table orders validate constraint total_there;
-- next
alter table orders alter total set not null;
