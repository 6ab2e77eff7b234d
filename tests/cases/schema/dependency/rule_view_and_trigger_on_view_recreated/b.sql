create table t (id int primary key, n int);
create function f() returns trigger language plpgsql as 'begin return new; end';

create view v as select n, id from t;
create trigger tr instead of update on v for each row execute function f();
create rule r as on delete to v do instead delete from t where id = old.id;
alter view v alter n set default 4;
grant update on v to case_writer;
