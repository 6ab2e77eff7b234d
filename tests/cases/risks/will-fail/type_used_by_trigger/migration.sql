alter table c alter a type bigint, alter b type bigint;
