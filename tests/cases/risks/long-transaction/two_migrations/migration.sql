alter table orders add column region text;
-- next
update orders set region = 'north';
