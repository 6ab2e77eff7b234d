truncate c;
