create table l (id int, region text) partition by list (region);
create table l_eu partition of l for values in ('es', 'fr', 'it');
create table l_rest partition of l default;
