alter table orders replica identity nothing;
alter table orders replica identity full;
alter table orders replica identity default;
alter table orders replica identity using index orders_pkey;
