explain analyze delete from orders;
explain delete from orders;
