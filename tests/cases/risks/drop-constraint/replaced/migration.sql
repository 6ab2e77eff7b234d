alter table orders drop constraint c, add constraint c check (n > 1) not valid;
