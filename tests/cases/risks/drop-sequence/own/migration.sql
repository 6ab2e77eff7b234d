create sequence numbers;
drop sequence numbers;
