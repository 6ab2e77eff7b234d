create table orders (net int);
