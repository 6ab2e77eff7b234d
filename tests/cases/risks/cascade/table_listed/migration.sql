drop table customers cascade;
