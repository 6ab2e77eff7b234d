alter view own_orders set (security_invoker = false);
alter view own_orders reset (security_barrier);
