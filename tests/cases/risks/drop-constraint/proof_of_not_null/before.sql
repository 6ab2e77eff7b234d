create table orders (n int not null, constraint n_there check (n is not null));
