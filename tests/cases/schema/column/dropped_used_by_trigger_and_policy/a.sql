create table t (id int primary key, name text, gone text);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update of gone on t for each row when (old.gone is distinct from new.gone) execute function f();
create policy p on t using (gone = 'x');

insert into t values (1, 'n', 'g');
