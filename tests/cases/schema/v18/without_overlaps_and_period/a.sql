-- pg: 18+

create extension btree_gist;
create table price (id int not null, during daterange not null);
create table sale (id int not null, price_id int, during daterange not null);

insert into price values (1, '[2026-01-01,2027-01-01)');
insert into sale values (1, 1, '[2026-02-01,2026-03-01)');
