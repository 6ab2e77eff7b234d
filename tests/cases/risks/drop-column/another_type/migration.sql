alter table t drop column surname, add column age int;
