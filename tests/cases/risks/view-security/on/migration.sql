alter view own_orders set (security_invoker);
