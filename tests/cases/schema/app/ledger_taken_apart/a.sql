create table account (id int primary key, name text not null, balance numeric not null default 0);
create function f() returns trigger language plpgsql as $$ begin update account set balance = balance + new.amount where id = new.account_id; return new; end $$;
create table entry (id serial primary key, account_id int references account, amount numeric);
create trigger book after insert on entry for each row execute function f();
create view rich as select * from account where balance > 1000;
create view poor as select * from account where balance < 0;
create view extremes as select * from rich union all select * from poor;

insert into account values (1, 'x');
