create table account(id int primary key, currency char(3) not null, balance numeric(18,2) not null default 0);
create table entry(id bigserial primary key, debit int not null references account, credit int not null references account, amount numeric(18,2) not null check (amount > 0), booked date not null default current_date);
insert into account values (1,'EUR',0),(2,'EUR',0);
insert into entry(debit, credit, amount) values (1,2,5);
create view balances as select a.id, coalesce(sum(e.amount),0) as total from account a left join entry e on e.debit = a.id group by a.id;
create function book(d int, c int, a numeric) returns bigint language sql as $$insert into entry(debit, credit, amount) values (d, c, a) returning id$$;
