create schema books;
create table account (id int primary key, name text not null);
create table books.entry (id serial primary key, account_id int references account, amount numeric not null);
create view balance as select account_id, sum(amount) as balance from books.entry group by account_id;
create view extremes as select a.id, a.name from account a join balance b on b.account_id = a.id where abs(b.balance) > 1000;
