alter table orders add constraint total_there check (total is not null) not valid;
-- next
alter table orders validate constraint total_there;
-- next
alter table orders alter column total set not null;
alter table orders drop constraint total_there;
