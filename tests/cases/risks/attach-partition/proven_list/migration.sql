alter table t attach partition d for values in ('a', 'b', 'c');
