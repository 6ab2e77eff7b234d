create table base (id int, a int);
create table child () inherits (base);

alter table base add constraint nn not null a no inherit;
