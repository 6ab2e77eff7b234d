create table t (
    id int primary key, a int, b varchar(10) not null default 'x', c text, d date default current_date, e int check (e > 1)
);

insert into t values (1, 2, 'x', 'y', '2026-01-01', 5);
