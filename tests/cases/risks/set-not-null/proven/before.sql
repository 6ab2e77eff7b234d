create table orders (
    total int, net int not null, tax int,
    constraint proof check (total is not null and total > 0), constraint no_proof check (tax > 0)
);
