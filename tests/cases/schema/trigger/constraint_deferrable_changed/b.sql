create table t (id int primary key);
create table u (id int primary key);
create function f() returns trigger language plpgsql as 'begin return null; end';

create constraint trigger ct after insert or delete on t from u deferrable initially deferred for each row execute function f();
