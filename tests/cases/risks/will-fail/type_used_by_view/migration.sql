alter table c alter total type bigint, alter idle type bigint;
