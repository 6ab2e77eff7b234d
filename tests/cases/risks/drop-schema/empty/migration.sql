drop schema sales;
