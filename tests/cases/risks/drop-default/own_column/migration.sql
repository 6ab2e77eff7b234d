alter table orders add column region text default 'north';
alter table orders alter region drop default;
