create domain money_t as numeric(20,4) not null default 0;
create table account(id int primary key, currency char(3) not null default 'EUR', balance money_t, version int not null default 0, constraint cur check (currency ~ '^[A-Z]{3}$'));
create table entry(id bigserial, debit int not null references account on update cascade, credit int not null references account on update cascade, amount money_t constraint positive check (amount > 0), booked date not null default current_date, constraint entry_pk primary key (id), constraint differs check (debit <> credit));
create view balances with (security_barrier) as select a.id, coalesce(sum(e.amount),0) as total, a.currency from account a left join entry e on e.debit = a.id group by a.id;
create function book(d int, c int, a money_t) returns bigint language sql as $$insert into entry(debit, credit, amount) values (d, c, a) returning id$$;
create constraint trigger chk after insert on entry initially deferred for each row execute function suppress_redundant_updates_trigger();
create index entry_debit on entry(debit, booked desc);
create index entry_credit on entry(credit) include (amount);
