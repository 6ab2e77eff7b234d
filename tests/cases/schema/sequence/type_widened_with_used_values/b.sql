create sequence numbers as bigint;
