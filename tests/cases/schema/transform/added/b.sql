create extension hstore;

create function from_it(internal) returns internal language internal immutable strict as 'textout';
create transform for hstore language sql (from sql with function prsd_lextype(internal));
