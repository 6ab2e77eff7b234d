create table f (id int, foo text not null, bar text) partition by list (foo);
create table f1 partition of f (bar not null) for values in ('a');
create unique index on f (foo, id);
