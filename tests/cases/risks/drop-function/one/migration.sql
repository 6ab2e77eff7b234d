drop function price(int);
