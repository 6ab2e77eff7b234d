drop table if exists gone;
