alter table customers add column stage int;
alter table customers drop column stage;
