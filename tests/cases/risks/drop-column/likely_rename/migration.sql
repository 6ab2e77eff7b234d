alter table t drop column surname, add column family_name text;
