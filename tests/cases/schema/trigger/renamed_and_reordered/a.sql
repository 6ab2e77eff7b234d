create table t (id int primary key);
create function f() returns trigger language plpgsql as 'begin return new; end';

create trigger a_first before insert on t for each row execute function f('1');
create trigger b_second before insert on t for each row execute function f('2');
