create table base (id int, a int);
create table child () inherits (base);

alter table base add constraint a_nn not null a no inherit;
comment on constraint a_nn on base is 'only here';
