create function f() returns trigger language plpgsql as 'begin return new; end';

create table t (id int, a int);
alter table t add constraint u2 unique (a);
create index i2 on t (id);
create sequence s2;
create trigger t2 before insert on t for each row execute function f();
create policy p2 on t using (true);
