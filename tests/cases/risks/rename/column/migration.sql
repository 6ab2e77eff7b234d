alter table orders rename column total to amount;
