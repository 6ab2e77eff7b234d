create unique index on orders (number);
