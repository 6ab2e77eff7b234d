create table t (id int primary key);
create function f() returns trigger language plpgsql as 'begin return new; end';

create trigger b_first before insert on t for each row execute function f('1');
create trigger a_second before insert on t for each row execute function f('2');
