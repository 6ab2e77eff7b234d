create sequence numbers as int;
