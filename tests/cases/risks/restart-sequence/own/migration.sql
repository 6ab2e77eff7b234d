create sequence numbers;
alter sequence numbers restart with 100;
