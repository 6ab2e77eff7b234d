create table l (id int, region text) partition by list (region);
create table l_eu partition of l for values in ('es', 'fr');

insert into l values (1, 'es');
