truncate table a, b restart identity;
