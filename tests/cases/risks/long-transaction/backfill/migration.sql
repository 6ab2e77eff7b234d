alter table orders add column region text;
update orders set region = 'north';
