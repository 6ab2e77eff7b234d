create table l (id int, region text) partition by list (region);
create table l_eu partition of l for values in ('es', 'fr', null);
create table h (id int primary key, v text) partition by hash (id);
create table h0 partition of h for values with (modulus 2, remainder 0);
create table h1 partition of h for values with (modulus 2, remainder 1) with (fillfactor = 70);
