create sequence numbers as smallint;
select nextval('numbers');
