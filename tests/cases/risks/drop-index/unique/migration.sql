drop index concurrently number_once;
