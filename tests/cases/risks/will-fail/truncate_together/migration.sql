truncate c, o;
