alter table orders set (fillfactor = 70);
alter view own_orders set (check_option = local);
