create function f() returns trigger language plpgsql as 'begin return new; end';

create table t (id int, a int);
alter table t add constraint u1 unique (a);
create index i1 on t (id);
create sequence s1;
create trigger t1 before insert on t for each row execute function f();
create policy p1 on t using (true);

insert into t values (1, 2);
