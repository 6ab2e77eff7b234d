create index concurrently on days (n);
