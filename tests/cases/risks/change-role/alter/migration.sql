alter role clerk set search_path = sales;
