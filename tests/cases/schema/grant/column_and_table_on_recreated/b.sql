create view v as select 2 as b, 1 as a;
grant select (a) on v to case_reader;
