create extension hstore;

comment on extension hstore is 'pairs of our own';
