alter table orders add column region text not null default 'north';
alter table orders alter region drop default;
