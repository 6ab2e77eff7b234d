drop index concurrently days_n;
