drop function price(int) cascade;
