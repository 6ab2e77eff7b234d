alter table t drop column surname, add column a text, add column b text;
