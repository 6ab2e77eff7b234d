create extension btree_gist;
create table price (id int not null, during daterange not null);
create table sale (id int not null, price_id int, during daterange not null);

alter table price add primary key (id, during without overlaps);
alter table sale add constraint sale_u unique (id, during without overlaps);
alter table sale add foreign key (price_id, period during) references price (id, period during);
