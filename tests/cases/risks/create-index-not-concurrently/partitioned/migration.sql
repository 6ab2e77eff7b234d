create index on only orders (day);
create index on orders (day);
