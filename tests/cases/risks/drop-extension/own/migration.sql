create extension citext;
drop extension citext;
