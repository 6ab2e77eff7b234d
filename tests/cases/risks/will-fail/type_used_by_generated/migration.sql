alter table c alter a type bigint;
