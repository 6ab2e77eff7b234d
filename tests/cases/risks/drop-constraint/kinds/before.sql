create table customers (id int constraint pk primary key, code int constraint once unique);
create table orders (customer int constraint fk references customers, n int constraint c check (n > 0));
