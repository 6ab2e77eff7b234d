create table f (id int, foo text, bar text, primary key (foo, id)) partition by list (foo);
create table f1 partition of f (foo not null, bar not null) for values in ('a');

insert into f values (1, 'a', 'b');
