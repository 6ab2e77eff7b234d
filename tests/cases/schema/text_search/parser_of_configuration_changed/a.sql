create text search parser words (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

create text search configuration mine (parser = default);
alter text search configuration mine add mapping for asciiword with simple;
create table d (id int primary key, body text);
create index d_i on d using gin (to_tsvector('public.mine', body));
